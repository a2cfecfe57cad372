import { Link } from "react-router";
import type { Article } from "../../api/knowledgeTypes";
import { useWords } from "../../i18n/LanguageProvider";
import { articlePath } from "../terms";

/** The article in its other languages, each with how its translation stands. */
export function LanguageSwitch({ article, view }: { article: Article; view: string }) {
  const { t, f } = useWords();
  if (article.languages.length < 2) return null;
  return (
    <nav className="article-languages" aria-label={t("article.lang")}>
      {article.languages.map(({ lang, id, state, behind }) => {
        const how = behind ? "behind" : state;
        const name = `${f.languageName(lang)}: ${t.label("translationState", how)}`;
        return (
          <Link
            key={id}
            to={articlePath(id, view === "edit" || view === "versions" ? view : "")}
            className="article-language"
            aria-current={id === article.id ? "page" : undefined}
            title={name}
            aria-label={name}
          >
            <i className="state-dot" data-translation={how} aria-hidden />
            {lang.toUpperCase()}
          </Link>
        );
      })}
    </nav>
  );
}
