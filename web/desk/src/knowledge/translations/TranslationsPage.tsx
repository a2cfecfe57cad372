import { SearchOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { translations } from "../../api/knowledgeTranslations";
import type { TranslationMatrix, TranslationState } from "../../api/knowledgeTypes";
import { useWords } from "../../i18n/LanguageProvider";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { FilterChips } from "../../ui/FilterChips";
import { PageHead } from "../../ui/PageHead";
import { PageSkeleton } from "../../ui/Skeletons";
import { useNarrow } from "../../ui/useNarrow";
import { useStored } from "../../ui/useStored";
import { KnowledgeTabs } from "../KnowledgeTabs";
import { articlePath } from "../terms";
import { TranslationCell } from "./TranslationCell";
import { TRANSLATION_STATES, columnsOf, knownLanguages, progressOf, rowsOf } from "./matrix";
import type { MatrixFilter } from "./matrix";
import "../../styles/knowledge-translations.css";
import "../../styles/knowledge.css";

const STEP = 60;
const NO_FILTER: MatrixFilter = { q: "", langs: [], states: [] };

/** Every article in every language: there, to be read, behind its original, or missing. */
export default function TranslationsPage() {
  const { t } = useWords();
  const matrix = useQuery({ queryKey: ["knowledge", "translations"], queryFn: translations });
  return (
    <div className="page">
      <PageHead
        title={t("nav.knowledge")}
        sub={
          matrix.data &&
          (matrix.data.translator === "none"
            ? t("translation.noTranslator")
            : t("translation.translator", { name: matrix.data.translator }))
        }
      />
      <KnowledgeTabs />
      {matrix.isPending && <PageSkeleton />}
      {matrix.isError && !matrix.data && (
        <ErrorState error={matrix.error} retry={() => matrix.refetch()} />
      )}
      {matrix.data && <Shown matrix={matrix.data} />}
    </div>
  );
}

function Shown({ matrix }: { matrix: TranslationMatrix }) {
  const { t, f } = useWords();
  const narrow = useNarrow(760);
  const [filter, setFilter] = useStored<MatrixFilter>("knowledge.translations", NO_FILTER);
  const [most, setMost] = useState(STEP);
  const langs = columnsOf(matrix, filter);
  const rows = rowsOf(matrix, filter);
  const filtered = filter.q.trim() !== "" || filter.langs.length + filter.states.length > 0;
  return (
    <>
      <LanguageProgress matrix={matrix} filter={filter} setFilter={setFilter} />
      <div className="filters">
        <Input
          allowClear
          className="filter-search"
          prefix={<SearchOutlined />}
          value={filter.q}
          aria-label={t("translation.search")}
          placeholder={t("translation.search")}
          onChange={(event) => setFilter({ ...filter, q: event.target.value })}
        />
        <FilterChips<string>
          label={t("article.lang")}
          values={filter.langs}
          options={knownLanguages(matrix).map((one) => ({ value: one, label: f.languageName(one) }))}
          onChange={(langs) => setFilter({ ...filter, langs })}
        />
        <FilterChips<TranslationState>
          label={t("article.state")}
          values={filter.states}
          options={TRANSLATION_STATES.map((one) => ({
            value: one,
            label: t.label("translationState", one),
          }))}
          onChange={(states) => setFilter({ ...filter, states })}
        />
        {filtered && (
          <Button type="link" onClick={() => setFilter(NO_FILTER)}>
            {t("list.clear")}
          </Button>
        )}
      </div>
      {rows.length === 0 && (
        <EmptyState
          title={filtered ? t("state.noMatch") : t("knowledge.empty")}
          hint={filtered ? t("state.noMatchHint") : t("knowledge.emptyHint")}
        />
      )}
      {rows.length > 0 && (
        <div className={narrow ? "matrix matrix-narrow" : "matrix"}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("article.title")}</th>
                {langs.map((lang) => (
                  <th key={lang} scope="col">
                    <abbr title={f.languageName(lang)}>{lang.toUpperCase()}</abbr>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, most).map((row) => (
                <tr key={row.key}>
                  <th scope="row">
                    <Link to={articlePath(row.id)} lang={row.lang}>
                      {row.title || row.key}
                    </Link>
                    <span className="quiet figures">{row.key}</span>
                  </th>
                  {langs.map((lang) => (
                    <td key={lang}>
                      <TranslationCell row={row} lang={lang} translator={matrix.translator} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length > most && (
        <div className="more">
          <Button onClick={() => setMost(most + STEP)}>{t("act.more")}</Button>
        </div>
      )}
    </>
  );
}

/** How far each language is; a click shows only that one. */
function LanguageProgress(props: {
  matrix: TranslationMatrix;
  filter: MatrixFilter;
  setFilter: (filter: MatrixFilter) => void;
}) {
  const { t, f } = useWords();
  const { filter, setFilter } = props;
  return (
    <div className="language-progress" role="group" aria-label={t("translation.progress")}>
      {progressOf(props.matrix).map(({ lang, good, total }) => {
        const on = filter.langs.length === 1 && filter.langs[0] === lang;
        return (
          <button
            key={lang}
            type="button"
            className="count"
            aria-pressed={on}
            onClick={() => setFilter({ ...filter, langs: on ? [] : [lang] })}
          >
            <span>{f.languageName(lang)}</span>
            <strong className="figures">
              {f.number(good)} / {f.number(total)}
            </strong>
            <span className="share" aria-hidden>
              <i style={{ inlineSize: `${total > 0 ? (good / total) * 100 : 0}%` }} />
            </span>
          </button>
        );
      })}
    </div>
  );
}
