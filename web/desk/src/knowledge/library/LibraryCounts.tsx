import type { ArticleCounts } from "../../api/knowledgeTypes";
import { useWords } from "../../i18n/LanguageProvider";
import { ARTICLE_STATES } from "../terms";
import type { LibraryView } from "./view";

interface Props {
  counts: ArticleCounts | undefined;
  view: LibraryView;
  setView: (view: LibraryView) => void;
}

/** How many articles there are in each state; a click shows those. */
export function LibraryCounts({ counts, view, setView }: Props) {
  const { t, f } = useWords();
  return (
    <div
      className="counts"
      role="group"
      aria-label={t("article.state")}
      title={t("article.countsHint")}
    >
      {ARTICLE_STATES.map((state) => (
        <button
          key={state}
          type="button"
          className="count"
          data-article-state={state}
          aria-pressed={view.state === state}
          onClick={() => setView({ ...view, state: view.state === state ? "" : state })}
        >
          <strong className="figures">{counts ? f.number(counts[state]) : "–"}</strong>
          <span>{t.label("articleCount", state)}</span>
        </button>
      ))}
    </div>
  );
}
