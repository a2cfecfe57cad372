import { useInfiniteQuery } from "@tanstack/react-query";
import { Checkbox, Input } from "antd";
import { useState } from "react";
import { useMay } from "../app/session";
import { balances } from "../api/stock";
import type { Balance } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { MoreButton } from "../ui/MoreButton";
import { LinesSkeleton } from "../ui/Skeletons";
import { useDebounced } from "../ui/useDebounced";
import { LevelsButton } from "./LevelsButton";
import { FreeText, PartLink } from "./bits";
import { partName } from "./terms";

interface Props {
  location: string;
  /** A part number or name that the rows are narrowed to. */
  part: string;
  onPart: (part: string) => void;
}

/** What lies in a place, with the levels that it is kept between. */
export function BalanceTable({ location, part, onPart }: Props) {
  const { t } = useWords();
  const [empty, setEmpty] = useState(false);
  const q = useDebounced(part.trim());
  const asked = { location, q, held: !empty };
  const list = useInfiniteQuery({
    queryKey: ["stock", "balances", asked],
    queryFn: ({ pageParam, signal }) => balances({ ...asked, cursor: pageParam, limit: 100 }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="filters">
        <Input
          allowClear
          className="filter-search"
          value={part}
          aria-label={t("stock.searchParts")}
          placeholder={t("stock.searchParts")}
          onChange={(event) => onPart(event.target.value)}
        />
        <Checkbox className="filter-check" checked={empty} onChange={(event) => setEmpty(event.target.checked)}>
          {t("stock.showEmpty")}
        </Checkbox>
      </div>
      {list.isPending && <LinesSkeleton lines={4} />}
      {list.isError && <ErrorState error={list.error} retry={() => list.refetch()} />}
      {list.data && rows.length === 0 && (
        <EmptyState
          title={q ? t("state.noMatch") : t("stock.noBalances")}
          hint={q ? t("state.noMatchHint") : t("stock.noBalancesHint")}
        />
      )}
      {rows.length > 0 && <Rows rows={rows} />}
      <MoreButton pages={list} />
    </>
  );
}

function Rows({ rows }: { rows: Balance[] }) {
  const { t, f, language } = useWords();
  const mayWrite = useMay("stock:write");
  return (
    <div className="plain-scroll">
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t("stock.part")}</th>
            <th>{t("stock.lot")}</th>
            <th className="end">{t("stock.onHand")}</th>
            <th className="end">{t("stock.reserved")}</th>
            <th className="end">{t("stock.free")}</th>
            <th className="end">{t("stock.minMax")}</th>
            <th>{t("stock.bin")}</th>
            {mayWrite && <th aria-label={t("move.acts")} />}
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={[one.part, one.lot, one.condition].join("|")}>
              <td>
                <PartLink part={one.part} />
                {one.condition !== "good" && <span className="tag">{t.label("condition", one.condition)}</span>}
                <small className="quiet">{partName(one.part_names ?? {}, language)}</small>
              </td>
              <td>
                {one.lot}
                {one.expires_on && <small className="quiet">{t("scan.expires", { date: f.date(one.expires_on) })}</small>}
              </td>
              <td className="end figures">{f.number(one.on_hand)}</td>
              <td className="end figures">{f.number(one.reserved)}</td>
              <td className="end">
                <FreeText balance={one} />
              </td>
              <td className="end figures">
                {one.minimum === null && one.maximum === null ? "" : `${one.minimum ?? "–"} / ${one.maximum ?? "–"}`}
              </td>
              <td>{one.bin}</td>
              {mayWrite && <td>{one.condition === "good" && !one.lot && <LevelsButton balance={one} />}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
