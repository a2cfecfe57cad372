import { DownloadOutlined, SearchOutlined } from "@ant-design/icons";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Input, Table } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import { Link, useNavigate } from "react-router";
import type { Page } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { useListKeys } from "./useListKeys";
import { EmptyState } from "./EmptyState";
import { ErrorState } from "./ErrorState";
import { MoreButton } from "./MoreButton";
import { PageHead } from "./PageHead";
import { PageSkeleton } from "./Skeletons";
import { exportRows, sortOf, sortedRows, tableColumns } from "./listColumns";
import type { ListColumn, Sort } from "./listColumns";
import { useDebounced } from "./useDebounced";
import { useNarrow } from "./useNarrow";
import { useStored } from "./useStored";

interface Props<T> {
  /** Names the list in keys and files. */
  subject: string;
  title: string;
  search: string;
  empty: { title: string; hint: string };
  columns: ListColumn<T>[];
  fetch: (q: string, cursor: string | null, signal: AbortSignal) => Promise<Page<T>>;
  rowKey: (row: T) => string;
  pathOf: (row: T) => string;
  /** The row on a phone. */
  card: (row: T) => ReactNode;
}

/** A list of records: search, sort, export, keys, more by cursor. */
export function RecordList<T extends object>(props: Props<T>) {
  const { subject, columns, fetch, rowKey, pathOf } = props;
  const { t } = useWords();
  const navigate = useNavigate();
  const narrow = useNarrow(760);
  const [text, setText] = useState("");
  const q = useDebounced(text.trim());
  const [sort, setSort] = useStored<Sort>(`${subject}.sort`, null);
  const list = useInfiniteQuery({
    queryKey: [subject, "list", q],
    queryFn: ({ pageParam, signal }) => fetch(q, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
  const rows = sortedRows(list.data?.pages.flatMap((page) => page.items) ?? [], columns, sort);
  const active = useListKeys(rows.length, {
    onEnter: (index) => rows[index] && void navigate(pathOf(rows[index])),
    onToggle: () => undefined,
  });

  return (
    <div className="page">
      <PageHead
        title={props.title}
        sub={list.data && t("list.loaded", { count: rows.length, more: list.hasNextPage ? "+" : "" })}
      >
        <Button
          icon={<DownloadOutlined />}
          disabled={rows.length === 0}
          title={t("list.exportHint", { count: rows.length })}
          onClick={() => exportRows(subject, columns, rows)}
        >
          {t("list.export")}
        </Button>
      </PageHead>
      <div className="filters">
        <Input
          allowClear
          className="filter-search filter-search-wide"
          prefix={<SearchOutlined />}
          value={text}
          aria-label={props.search}
          placeholder={props.search}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      {list.isPending && <PageSkeleton />}
      {list.isError && !list.data && <ErrorState error={list.error} retry={() => list.refetch()} />}
      {list.data && rows.length === 0 && (
        <EmptyState
          title={q ? t("state.noMatch") : props.empty.title}
          hint={q ? t("state.noMatchHint") : props.empty.hint}
        />
      )}
      {rows.length > 0 && narrow && (
        <ul className="row-cards">
          {rows.map((row) => (
            <li key={rowKey(row)}>
              <Link to={pathOf(row)}>{props.card(row)}</Link>
            </li>
          ))}
        </ul>
      )}
      {rows.length > 0 && !narrow && (
        <Table<T>
          className="table"
          size="middle"
          rowKey={rowKey}
          dataSource={rows}
          columns={tableColumns(columns, sort)}
          pagination={false}
          rowClassName={(_, index) => (index === active ? "row-active" : "")}
          onRow={(row) => ({ onDoubleClick: () => void navigate(pathOf(row)) })}
          onChange={(_, __, sorter) => setSort(sortOf(sorter))}
        />
      )}
      <MoreButton pages={list} />
    </div>
  );
}
