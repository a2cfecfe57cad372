import { useWords } from "../i18n/LanguageProvider";
import { NO_QUERY, sameFilters } from "./listQuery";
import type { ListQuery } from "./listQuery";
import type { Preset } from "./listShape";

interface Props {
  presets: Preset[];
  query: ListQuery;
  setQuery: (query: ListQuery) => void;
}

/** The views that everybody needs, one press away. */
export function Presets({ presets, query, setQuery }: Props) {
  const { t } = useWords();
  return (
    <div className="presets" role="group" aria-label={t("list.views")}>
      {presets.map((one) => {
        const wanted = { ...NO_QUERY, sort: query.sort, ...one.query };
        const on = sameFilters(query, wanted);
        return (
          <button
            key={one.key}
            type="button"
            className={on ? "preset preset-on" : "preset"}
            aria-pressed={on}
            onClick={() => setQuery(wanted)}
          >
            {one.label}
          </button>
        );
      })}
    </div>
  );
}
