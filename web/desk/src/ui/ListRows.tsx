import { Checkbox, Table } from "antd";
import type { TableColumnType } from "antd";
import { useEffect } from "react";
import type { ReactNode } from "react";
import { Link, useNavigate } from "react-router";
import { useWords } from "../i18n/LanguageProvider";
import type { ServerColumn } from "./listShape";
import { useListKeys } from "./useListKeys";
import { useNarrow } from "./useNarrow";

interface Props<T> {
  rows: T[];
  columns: ServerColumn<T>[];
  rowKey: (row: T) => string;
  /** Absent: the rows lead nowhere. */
  pathOf?: (row: T) => string;
  card: (row: T) => ReactNode;
  sort: string;
  setSort: (sort: string) => void;
  chosen: string[];
  /** Absent: nothing can be done to many at once. */
  setChosen?: (keys: string[]) => void;
}

const toggled = (keys: string[], key: string): string[] =>
  keys.includes(key) ? keys.filter((one) => one !== key) : [...keys, key];

/** The rows as a table, or as cards on a phone; j and k move, Enter opens, x chooses. */
export function ListRows<T extends object>(props: Props<T>) {
  const { rows, columns, rowKey, pathOf, sort, setSort, chosen, setChosen } = props;
  const { t } = useWords();
  const navigate = useNavigate();
  const narrow = useNarrow(760);
  const open = (row: T | undefined) => row && pathOf && void navigate(pathOf(row));
  const active = useListKeys(rows.length, {
    onEnter: (index) => open(rows[index]),
    onToggle: (index) => rows[index] && setChosen?.(toggled(chosen, rowKey(rows[index]))),
  });
  useEffect(() => {
    document.querySelector(".row-active")?.scrollIntoView({ block: "nearest" });
  }, [active]);
  if (narrow) return <Cards {...props} />;
  return (
    <>
      <Table<T>
        className="table"
        size="middle"
        rowKey={rowKey}
        dataSource={rows}
        columns={columns.map((column) => headOf(column, sort))}
        pagination={false}
        rowClassName={(_, index) => (index === active ? "row-active" : "")}
        rowSelection={
          setChosen && {
            selectedRowKeys: chosen,
            onChange: (keys) => setChosen(keys.map(String)),
            columnWidth: 40,
            getCheckboxProps: (row) => ({
              "aria-label": t("list.choose", { name: rowKey(row) }),
            }),
          }
        }
        onRow={(row) => ({ onDoubleClick: () => open(row) })}
        onChange={(_, __, sorter) => {
          const one = Array.isArray(sorter) ? sorter[0] : sorter;
          const wanted = columns.find((column) => column.key === one?.columnKey)?.sort;
          setSort(one?.order && wanted ? wanted : "");
        }}
      />
      {pathOf && <p className="quiet keys-hint">{t(setChosen ? "list.keysChoose" : "list.keysOpen")}</p>}
    </>
  );
}

function headOf<T>(column: ServerColumn<T>, sort: string): TableColumnType<T> {
  return {
    key: column.key,
    title: column.title,
    width: column.width,
    align: column.align,
    onCell: () => ({ style: { minInlineSize: column.width ?? 220 } }),
    render: (_: unknown, row: T) => column.render(row),
    sorter: !!column.sort,
    sortDirections: ["ascend"],
    showSorterTooltip: false,
    sortOrder: column.sort && column.sort === sort ? "ascend" : null,
  };
}

function Cards<T>({ rows, rowKey, pathOf, card, chosen, setChosen }: Props<T>) {
  const { t } = useWords();
  return (
    <ul className="row-cards">
      {rows.map((row) => (
        <li key={rowKey(row)}>
          {setChosen && (
            <Checkbox
              checked={chosen.includes(rowKey(row))}
              aria-label={t("list.choose", { name: rowKey(row) })}
              onChange={() => setChosen(toggled(chosen, rowKey(row)))}
            />
          )}
          {pathOf ? <Link to={pathOf(row)}>{card(row)}</Link> : <div className="row-card">{card(row)}</div>}
        </li>
      ))}
    </ul>
  );
}
