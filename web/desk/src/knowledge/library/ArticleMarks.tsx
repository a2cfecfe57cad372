import { WarningOutlined } from "@ant-design/icons";
import { Link } from "react-router";
import type { ArticleLine } from "../../api/knowledgeTypes";
import { useWords } from "../../i18n/LanguageProvider";
import { articlePath } from "../terms";

export const titleOf = (one: ArticleLine): string => one.title || one.key;

/** What is particular about an article: it waits, is retired, has warnings. */
export function ArticleStates({ article }: { article: ArticleLine }) {
  const { t } = useWords();
  const { draft, state, warnings } = article;
  return (
    <>
      {state !== "published" && (
        <span className="tag" data-article-state={state}>
          {t.label("articleState", state)}
        </span>
      )}
      {draft && state !== "draft" && (
        <span className="tag" data-article-state={draft.state === "approved" ? "approved" : "waiting"}>
          {t.label("draftState", draft.state)}
        </span>
      )}
      {warnings > 0 && (
        <span className="warning-mark" title={t("article.warnings", { count: warnings })}>
          <WarningOutlined aria-label={t("article.warnings", { count: warnings })} /> {warnings}
        </span>
      )}
    </>
  );
}

/** The languages of an article; each leads to its text and tells how it stands. */
export function LanguageDots({ article }: { article: ArticleLine }) {
  const { t, f } = useWords();
  return (
    <span className="article-languages">
      {article.languages.map(({ lang, id, state, behind }) => {
        const how = behind ? "behind" : state;
        const name = `${f.languageName(lang)}: ${t.label("translationState", how)}`;
        return (
          <Link key={id} to={articlePath(id)} className="article-language" title={name} aria-label={name}>
            <i className="state-dot" data-translation={how} aria-hidden />
            {lang.toUpperCase()}
          </Link>
        );
      })}
    </span>
  );
}
