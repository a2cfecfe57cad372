import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useColleagues } from "../app/presence";
import { useMay, useMe } from "../app/session";
import { tickets } from "../api/tickets";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { MoreButton } from "../ui/MoreButton";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import { sortedRows } from "../ui/listColumns";
import { useDebounced } from "../ui/useDebounced";
import { useStored } from "../ui/useStored";
import { BulkBar } from "./BulkBar";
import { ListTools } from "./ListTools";
import { TicketFilters } from "./TicketFilters";
import { TicketTable } from "./TicketTable";
import { ticketColumns } from "./columns";
import { EMPTY_VIEW, isFiltered, queryOf } from "./view";
import type { TicketListView } from "./view";
import "../styles/tickets.css";

const PER_PAGE = 50;

/** Tickets: filter, sort, choose, export, and act on many at once. */
export default function TicketsPage() {
  const { t, f } = useWords();
  const me = useMe();
  const mayWrite = useMay("tickets:write");
  const colleagues = useColleagues();
  const [view, setView] = useStored<TicketListView>("tickets.view", EMPTY_VIEW);
  const [chosen, setChosen] = useState<string[]>([]);
  const query = useDebounced(queryOf(view, me.id));
  const list = useInfiniteQuery({
    queryKey: ["tickets", "list", query],
    queryFn: ({ pageParam, signal }) =>
      tickets({ ...query, cursor: pageParam, limit: PER_PAGE }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });

  const all = useMemo(() => {
    const names = new Map(colleagues.map((one) => [one.id, one.name]));
    return ticketColumns({ t, f, nameOf: (id) => (id ? (names.get(id) ?? id) : "") });
  }, [t, f, colleagues]);
  const columns = all.filter((column) => view.columns.includes(column.key));
  const rows = useMemo(
    () => sortedRows(list.data?.pages.flatMap((page) => page.items) ?? [], all, view.sort),
    [list.data, all, view.sort],
  );
  const picked = rows.filter((row) => chosen.includes(row.number));

  return (
    <div className="page">
      <PageHead
        title={t("nav.tickets")}
        sub={list.data && t("list.loaded", { count: rows.length, more: list.hasNextPage ? "+" : "" })}
      >
        <ListTools view={view} setView={setView} all={all} columns={columns} rows={rows} />
      </PageHead>
      <TicketFilters view={view} setView={setView} colleagues={colleagues} />
      {mayWrite && picked.length > 0 && (
        <BulkBar tickets={picked} colleagues={colleagues} onDone={() => setChosen([])} />
      )}
      {list.isPending && <PageSkeleton />}
      {list.isError && !list.data && <ErrorState error={list.error} retry={() => list.refetch()} />}
      {list.data && rows.length === 0 && (
        <EmptyState
          title={isFiltered(view) ? t("state.noMatch") : t("tickets.empty")}
          hint={isFiltered(view) ? t("state.noMatchHint") : t("tickets.emptyHint")}
        />
      )}
      {rows.length > 0 && (
        <TicketTable
          rows={rows}
          columns={columns}
          view={view}
          setView={setView}
          chosen={chosen}
          setChosen={mayWrite ? setChosen : undefined}
        />
      )}
      <MoreButton pages={list} />
    </div>
  );
}
