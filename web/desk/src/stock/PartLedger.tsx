import { useInfiniteQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useMemo, useState } from "react";
import { moves } from "../api/stock";
import type { StockPartFile } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { MoreButton } from "../ui/MoreButton";
import { LinesSkeleton } from "../ui/Skeletons";
import { WhenText } from "../ui/WhenText";
import { ReverseButton } from "./ReverseButton";
import { Way } from "./bits";
import { balancesAfter } from "./ledger";
import { ACCOUNTS } from "./terms";

/** Every move of a part, newest first, with the balance after it counted back from today's. */
export function PartLedger({ file }: { file: StockPartFile }) {
  const { t } = useWords();
  const { part } = file.part;
  const [place, setPlace] = useState("");
  const asked = { part, location: place };
  const list = useInfiniteQuery({
    queryKey: ["stock-moves", "part", asked],
    queryFn: ({ pageParam, signal }) => moves({ ...asked, cursor: pageParam, limit: 50 }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const good = file.balances.filter((one) => one.condition === "good");
  const present = good
    .filter((one) => !place || one.location === place)
    .reduce((sum, one) => sum + one.on_hand, 0);
  const after = useMemo(() => {
    const ours = new Set(
      place
        ? [place]
        : rows
            .flatMap((one) => [one.source, one.target])
            .filter((one) => !ACCOUNTS.some((account) => account === one)),
    );
    return balancesAfter(rows, ours, present);
  }, [rows, place, present]);
  const places = [...new Set(file.balances.map((one) => one.location))];
  return (
    <>
      <div className="filters">
        <Select<string>
          allowClear
          showSearch
          className="filter-pick"
          value={place || undefined}
          placeholder={t("ledger.allPlaces")}
          aria-label={t("stock.location")}
          options={places.map((one) => ({ value: one, label: one }))}
          onChange={(next?: string) => setPlace(next ?? "")}
        />
      </div>
      {list.isPending && <LinesSkeleton lines={4} />}
      {list.isError && <ErrorState error={list.error} retry={() => list.refetch()} />}
      {list.data && rows.length === 0 && <EmptyState title={t("move.empty")} />}
      {rows.length > 0 && (
        <div className="plain-scroll">
          <table className="plain-table">
            <thead>
              <tr>
                <th>{t("move.at")}</th>
                <th>{t("move.kind")}</th>
                <th>{t("move.way")}</th>
                <th className="end">{t("stock.quantity")}</th>
                <th className="end" title={t("ledger.balanceHint")}>
                  {t("ledger.balance")}
                </th>
                <th aria-label={t("move.acts")} />
              </tr>
            </thead>
            <tbody>
              {rows.map((one, index) => (
                <tr key={one.id} data-reversed={!!one.reversed_by}>
                  <td>
                    <WhenText at={one.recorded_at} />
                  </td>
                  <td>
                    {t.label("moveKind", one.kind)}
                    <small className="quiet">
                      {[one.lot, one.serial, one.condition === "good" ? "" : t.label("condition", one.condition)]
                        .filter(Boolean)
                        .join(" · ")}
                    </small>
                  </td>
                  <td>
                    <Way source={one.source} target={one.target} />
                  </td>
                  <td className="end figures">{one.quantity}</td>
                  <td className="end figures">{after[index]}</td>
                  <td>
                    <ReverseButton move={one} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <MoreButton pages={list} />
    </>
  );
}
