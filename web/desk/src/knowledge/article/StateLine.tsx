import type { ArticleLine } from "../../api/knowledgeTypes";
import { useWords } from "../../i18n/LanguageProvider";

/** What customers read now, and what waits beside it. */
export function StateLine({ article }: { article: ArticleLine }) {
  const { t, f } = useWords();
  const { draft, version, state } = article;
  return (
    <span className="state-line">
      <span className="tag" data-article-state={state}>
        {state === "published"
          ? t("article.publishedVersion", { number: version })
          : t.label("articleState", state)}
      </span>
      {draft && (
        <span className="tag" data-article-state={draft.state === "approved" ? "approved" : "waiting"}>
          {t.label("draftState", draft.state)}
        </span>
      )}
      {draft && (
        <span>
          {t("article.draftBy", {
            number: draft.number,
            name: draft.by,
            time: f.ago(draft.at),
            origin: t.label("origin", draft.origin),
          })}
        </span>
      )}
    </span>
  );
}
