import { Table } from "antd";
import { useEffect } from "react";
import { Link, useNavigate } from "react-router";
import type { ArticleLine } from "../../api/knowledgeTypes";
import { useWords } from "../../i18n/LanguageProvider";
import { LanguageTag } from "../../ui/LanguageTag";
import { sortOf, tableColumns } from "../../ui/listColumns";
import type { ListColumn } from "../../ui/listColumns";
import { useListKeys } from "../../ui/useListKeys";
import { useNarrow } from "../../ui/useNarrow";
import { articlePath } from "../terms";
import { ArticleStates, titleOf } from "./ArticleMarks";
import type { LibraryView } from "./view";

interface Props {
  rows: ArticleLine[];
  columns: ListColumn<ArticleLine>[];
  view: LibraryView;
  setView: (view: LibraryView) => void;
}

export function LibraryTable({ rows, columns, view, setView }: Props) {
  const { t } = useWords();
  const navigate = useNavigate();
  const narrow = useNarrow(760);
  const open = (article: ArticleLine) => void navigate(articlePath(article.id));
  const active = useListKeys(rows.length, {
    onEnter: (index) => rows[index] && open(rows[index]),
    onToggle: () => undefined,
  });
  useEffect(() => {
    document.querySelector(".row-active")?.scrollIntoView({ block: "nearest" });
  }, [active]);
  if (narrow) return <Cards rows={rows} />;
  return (
    <>
      <Table<ArticleLine>
        className="table"
        size="middle"
        rowKey="id"
        dataSource={rows}
        columns={tableColumns(columns, view.sort)}
        pagination={false}
        rowClassName={(_, index) => (index === active ? "row-active" : "")}
        onRow={(article) => ({ onDoubleClick: () => open(article) })}
        onChange={(_, __, sorter) => setView({ ...view, sort: sortOf(sorter) })}
      />
      <p className="quiet keys-hint">{t("knowledge.keys")}</p>
    </>
  );
}

/** The same rows on a phone. */
function Cards({ rows }: { rows: ArticleLine[] }) {
  const { t, f } = useWords();
  return (
    <ul className="row-cards">
      {rows.map((one) => (
        <li key={one.id}>
          <Link to={articlePath(one.id)}>
            <strong lang={one.lang}>{titleOf(one)}</strong>
            <span className="row-card-facts">
              <ArticleStates article={one} />
              <span className="tag">{t.label("articleType", one.type)}</span>
              {one.languages.map(({ lang }) => (
                <LanguageTag key={lang} code={lang} />
              ))}
              <span className="figures">{one.key}</span>
              {one.updated && <time dateTime={one.updated}>{f.date(one.updated)}</time>}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
