import { useMemo } from "react";
import { moves } from "../api/stock";
import type { Move } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { ListPage } from "../ui/ListPage";
import { StockTabs } from "./StockTabs";
import { StockActMenu } from "./acts/StockActMenu";
import { Way } from "./bits";
import { instantOf } from "./days";
import { useStockFilters } from "./filters";
import { moveColumns } from "./moveColumns";
import { ACCOUNTS, MOVE_KINDS } from "./terms";

/** The ledger: every move there ever was; none is changed, a wrong one is taken back by another. */
export default function MovesPage() {
  const { t, f } = useWords();
  const filters = useStockFilters();
  const columns = useMemo(() => moveColumns({ t, f }), [t, f]);
  return (
    <ListPage<Move>
      subject="stock-moves"
      title={t("stock.moves")}
      above={<StockTabs />}
      acts={<StockActMenu />}
      columns={columns}
      fetch={({ since, until, q: _, ...query }, signal) =>
        moves(
          {
            ...query,
            since: instantOf(dayOf(since), "start"),
            until: instantOf(dayOf(until), "end"),
          },
          signal,
        )
      }
      rowKey={(one) => one.id}
      filters={[
        { ...filters.part, main: true },
        { ...filters.location, main: true },
        {
          name: "kind",
          label: t("move.kind"),
          kind: "one",
          main: true,
          options: MOVE_KINDS.map((one) => ({ value: one, label: t.label("moveKind", one) })),
        },
        {
          name: "account",
          label: t("move.account"),
          kind: "one",
          options: ACCOUNTS.map((one) => ({ value: one, label: t.label("stockAccount", one) })),
        },
        { name: "since", label: t("move.since"), kind: "day" },
        { name: "until", label: t("move.until"), kind: "day" },
        { name: "ticket", label: t("stock.ticket"), kind: "text" },
        { name: "work_order", label: t("stock.workOrder"), kind: "text" },
        { name: "serial", label: t("stock.serial"), kind: "text" },
        { name: "lot", label: t("stock.lot"), kind: "text" },
      ]}
      exportKind="stock_moves"
      empty={{ title: t("move.empty"), hint: t("move.emptyHint") }}
      card={(one) => (
        <>
          <strong>
            <span className="figures">{`${one.quantity} × ${one.part}`}</span>
          </strong>
          <Way source={one.source} target={one.target} />
          <span className="row-card-facts">
            <span>{t.label("moveKind", one.kind)}</span>
            <span>{f.dateTime(one.happened_at)}</span>
          </span>
        </>
      )}
    />
  );
}

/** A day of the address; a filter that may hold several holds one here. */
const dayOf = (value: unknown): string => String((Array.isArray(value) ? value[0] : value) ?? "");
