import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { useMe } from "../app/session";
import type { Query } from "../api/client";
import type { Page } from "../api/types";
import { VIEW_LISTS } from "../api/views";
import type { ViewList } from "../api/views";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "./EmptyState";
import { ErrorState } from "./ErrorState";
import { ListFilters } from "./ListFilters";
import { ListRows } from "./ListRows";
import { ListTools } from "./ListTools";
import { MoreButton } from "./MoreButton";
import { PageHead } from "./PageHead";
import { Presets } from "./Presets";
import { PageSkeleton } from "./Skeletons";
import { apiQuery, isFiltered } from "./listQuery";
import type { ListQuery } from "./listQuery";
import type { Choice, ListFilter, Preset, ServerColumn } from "./listShape";
import { useDebounced } from "./useDebounced";
import { useListQuery } from "./useListQuery";
import { useStored } from "./useStored";
import "../styles/list.css";

interface Props<T> {
  /** Names the list in query keys and in what is stored. */
  subject: string;
  /** The list whose saved views are offered; the one named like the subject where there is one. */
  views?: ViewList;
  title: string;
  columns: ServerColumn<T>[];
  /** `query` holds `q`, `sort` and the filters by their names. */
  fetch: (query: Query, signal: AbortSignal) => Promise<Page<T>>;
  rowKey: (row: T) => string;
  pathOf?: (row: T) => string;
  /** The row on a phone. */
  card: (row: T) => ReactNode;
  empty: { title: string; hint?: string; act?: ReactNode };
  search?: string;
  filters?: ListFilter[];
  /** Orders of the backend; the first is the one that needs no asking. */
  sorts?: Choice[];
  presets?: Preset[];
  /** What a person sees who opens the list for the first time. */
  first?: ListQuery;
  /** The kind of `/v1/exports/{kind}`; absent: no export. */
  exportKind?: string;
  /** Turns what the filters hold into what the backend takes, for the list and its export. */
  ask?: (query: Query) => Query;
  /** The same for the export, where its filters are named otherwise. */
  askExport?: (query: Query) => Query;
  /** Acts on the chosen rows; absent: rows cannot be chosen. */
  bulk?: (rows: T[], done: () => void) => ReactNode;
  /** Buttons at the right of the title. */
  acts?: ReactNode;
  /** Stands between the title and the filters, such as figures or tabs. */
  above?: ReactNode;
}

const PER_PAGE = 50;
const asIs = (query: Query): Query => query;

/** A list that the server filters and sorts: search, filters, views, export, keys, more by cursor. */
export function ListPage<T extends object>(props: Props<T>) {
  const { subject, rowKey, filters = [], bulk, ask = asIs } = props;
  const { t } = useWords();
  const me = useMe();
  const names = filters.map((one) => one.name);
  const [query, setQuery] = useListQuery(subject, names, props.first);
  const [shown, setShown] = useStored<string[] | null>(`${subject}.columns`, null);
  const [chosen, setChosen] = useState<string[]>([]);
  const asked = useDebounced(apiQuery(query, me.id));
  const list = useInfiniteQuery({
    queryKey: [subject, "list", asked],
    queryFn: ({ pageParam, signal }) =>
      props.fetch({ ...ask(asked), cursor: pageParam, limit: PER_PAGE }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const picked = rows.filter((row) => chosen.includes(rowKey(row)));
  const keys = shown ?? props.columns.filter((one) => !one.hidden).map((one) => one.key);
  const columns = props.columns.filter((one) => keys.includes(one.key));
  const filtered = isFiltered(query);

  return (
    <div className="page">
      <PageHead
        title={props.title}
        sub={list.data && t("list.loaded", { count: rows.length, more: list.hasNextPage ? "+" : "" })}
      >
        <ListTools
          views={props.views ?? VIEW_LISTS.find((one) => one === subject)}
          query={query}
          setQuery={setQuery}
          all={props.columns}
          shown={keys}
          setShown={setShown}
          exportKind={props.exportKind}
          ask={props.askExport ?? ask}
        />
        {props.acts}
      </PageHead>
      {props.above}
      {props.presets && <Presets presets={props.presets} query={query} setQuery={setQuery} />}
      <ListFilters
        query={query}
        setQuery={setQuery}
        filters={filters}
        sorts={props.sorts}
        search={props.search}
      />
      {bulk && picked.length > 0 && bulk(picked, () => setChosen([]))}
      {list.isPending && <PageSkeleton />}
      {list.isError && !list.data && <ErrorState error={list.error} retry={() => list.refetch()} />}
      {list.data && rows.length === 0 && (
        <EmptyState
          title={filtered ? t("state.noMatch") : props.empty.title}
          hint={filtered ? t("state.noMatchHint") : props.empty.hint}
        >
          {!filtered && props.empty.act}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <ListRows
          rows={rows}
          columns={columns}
          rowKey={rowKey}
          pathOf={props.pathOf}
          card={props.card}
          sort={query.sort}
          setSort={(sort) => setQuery({ ...query, sort })}
          chosen={chosen}
          setChosen={bulk ? setChosen : undefined}
        />
      )}
      <MoreButton pages={list} />
    </div>
  );
}
