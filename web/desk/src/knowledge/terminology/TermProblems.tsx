import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { termProblems } from "../../api/knowledgeTerms";
import { useWords } from "../../i18n/LanguageProvider";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { LanguageTag } from "../../ui/LanguageTag";
import { LinesSkeleton } from "../../ui/Skeletons";

/** What is wrong with the terms: the same name twice, names that clash, names that lack. */
export default function TermProblems() {
  const { t } = useWords();
  const found = useQuery({ queryKey: ["knowledge", "termCheck"], queryFn: termProblems });
  if (found.isPending) return <LinesSkeleton />;
  if (!found.data) return <ErrorState error={found.error} retry={() => found.refetch()} />;
  if (found.data.length === 0) {
    return <EmptyState title={t("terms.noProblems")} hint={t("terms.noProblemsHint")} />;
  }
  return (
    <ul className="cards">
      {found.data.map(({ kind, key, lang, text }, index) => (
        <li key={index} className="card">
          <div className="card-text">
            <span>
              <span className="tag" data-problem={kind}>
                {t.label("termProblem", kind)}
              </span>{" "}
              <LanguageTag code={lang} /> {text}
            </span>
          </div>
          <div className="card-acts">
            <Link to={`/knowledge/terms?q=${encodeURIComponent(key)}`}>
              <code>{key}</code>
            </Link>
          </div>
        </li>
      ))}
    </ul>
  );
}
