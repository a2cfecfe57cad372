import { useQuery } from "@tanstack/react-query";
import { passages } from "../../api/knowledgeArticles";
import type { Article, PassageView } from "../../api/knowledgeTypes";
import { useWords } from "../../i18n/LanguageProvider";
import { Markdown } from "../../ui/Markdown";
import { ArticleFacts } from "./ArticleFacts";
import { FeedbackSection } from "./FeedbackSection";
import type { ArticleActs } from "./useArticle";

export const figureAddresses = (found: PassageView[] | undefined): Record<string, string> =>
  Object.fromEntries(
    (found ?? []).flatMap((one) => one.figures.map((figure) => [figure.name, figure.url])),
  );

/** Addresses of the figures that a text of this article names. */
export function useFigures(article: Article, body: string): Record<string, string> {
  const found = useQuery({
    queryKey: ["knowledge", "passages", article.id, "all"],
    queryFn: () => passages(article.id),
    enabled: body.includes("](figure:"),
    staleTime: 300_000,
  });
  return figureAddresses(found.data?.items);
}

/** The article as its readers see it, and the facts about it beside it. */
export function ReadingView({ article, acts }: { article: Article; acts: ArticleActs }) {
  const { t } = useWords();
  const neverPublished = article.version === 0 && article.draft_fields;
  const body = neverPublished ? neverPublished.body : article.body;
  const figures = useFigures(article, body);
  return (
    <div className="article">
      <article lang={article.lang} dir="auto">
        {neverPublished && <p className="banner">{t("article.onlyDraft")}</p>}
        {article.state === "retired" && <p className="banner">{t("article.isRetired")}</p>}
        {body.trim() ? (
          <Markdown text={body} figures={figures} />
        ) : (
          <p className="quiet">{t("article.noText")}</p>
        )}
      </article>
      <aside aria-label={t("ticket.facts")}>
        <ArticleFacts article={article} acts={acts} />
        <FeedbackSection article={article} />
      </aside>
    </div>
  );
}
