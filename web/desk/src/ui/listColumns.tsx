import type { TableColumnType } from "antd";
import type { ReactNode } from "react";
import { csvDocument, download } from "./csv";

export interface ListColumn<T> {
  key: string;
  title: string;
  width?: number;
  render: (row: T) => ReactNode;
  /** The cell as plain text, for the export. */
  text: (row: T) => string;
  compare: (a: T, b: T) => number;
}

export type Sort = { column: string; descending: boolean } | null;

/** Order of two rows by a text of theirs. */
export const byText =
  <T,>(of: (row: T) => string) =>
  (a: T, b: T): number =>
    of(a).localeCompare(of(b), undefined, { numeric: true });

/** A column that shows a text of the row as it is. */
export const textColumn = <T,>(
  key: string,
  title: string,
  of: (row: T) => string,
  width?: number,
): ListColumn<T> => ({ key, title, width, render: of, text: of, compare: byText(of) });

/** The columns as the table wants them. */
export function tableColumns<T>(columns: ListColumn<T>[], sort: Sort): TableColumnType<T>[] {
  return columns.map((column) => ({
    key: column.key,
    title: column.title,
    // What has no width of its own takes the rest, but never less than a readable line.
    width: column.width,
    onCell: () => ({ style: { minInlineSize: column.width ?? 240 } }),
    render: (_: unknown, row: T) => column.render(row),
    sorter: column.compare,
    sortOrder: sort?.column === column.key ? (sort.descending ? "descend" : "ascend") : null,
  }));
}

interface Sorter {
  order?: "ascend" | "descend" | null;
  columnKey?: React.Key;
}

/** The sort that a click on a table head asks for. */
export function sortOf(sorter: Sorter | Sorter[]): Sort {
  const one = Array.isArray(sorter) ? sorter[0] : sorter;
  return one?.order ? { column: String(one.columnKey), descending: one.order === "descend" } : null;
}

/** The rows in the order of the sort; as they came when there is none. */
export function sortedRows<T>(rows: T[], columns: ListColumn<T>[], sort: Sort): T[] {
  const column = columns.find((one) => one.key === sort?.column);
  if (!sort || !column) return rows;
  const ascending = [...rows].sort(column.compare);
  return sort.descending ? ascending.reverse() : ascending;
}

/** Save what is loaded as a CSV file named after its subject and the day. */
export function exportRows<T>(subject: string, columns: ListColumn<T>[], rows: T[]): void {
  const head = columns.map((column) => column.title);
  const body = rows.map((row) => columns.map((column) => column.text(row)));
  download(`${subject}-${new Date().toISOString().slice(0, 10)}.csv`, csvDocument(head, body));
}
