import { useMemo } from "react";
import { balances } from "../api/stock";
import type { Balance } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { ListPage } from "../ui/ListPage";
import type { ServerColumn } from "../ui/listShape";
import { StockTabs } from "./StockTabs";
import { StockActMenu } from "./acts/StockActMenu";
import { FreeText } from "./bits";
import { balanceColumns } from "./balanceColumns";
import { useStockFilters } from "./filters";
import { partName, partPath } from "./terms";

/** How many of every part lie where, by lot and condition. */
export default function BalancesPage() {
  const { t, f, language } = useWords();
  const filters = useStockFilters();
  const columns = useMemo<ServerColumn<Balance>[]>(
    () => balanceColumns({ t, f, language }),
    [t, f, language],
  );
  return (
    <ListPage<Balance>
      subject="stock"
      title={t("stock.balances")}
      above={<StockTabs />}
      acts={<StockActMenu />}
      columns={columns}
      fetch={(query, signal) => balances({ held: true, ...query }, signal)}
      rowKey={(one) => [one.location, one.part, one.lot, one.condition].join("|")}
      pathOf={(one) => partPath(one.part)}
      search={t("stock.searchParts")}
      filters={[
        { ...filters.location, main: true },
        filters.condition,
        { name: "below_minimum", label: t("stock.belowMinimum"), kind: "flag", main: true },
      ]}
      presets={[
        { key: "all", label: t("list.all"), query: { filters: {} } },
        {
          key: "short",
          label: t("stock.belowMinimum"),
          query: { filters: { below_minimum: ["true"] } },
        },
        { key: "bad", label: t("stock.defective"), query: { filters: { condition: ["defective"] } } },
      ]}
      exportKind="stock"
      empty={{ title: t("stock.noBalances"), hint: t("stock.noBalancesHint") }}
      card={(one) => (
        <>
          <strong className="figures">{one.part}</strong>
          <span>{partName(one.part_names ?? {}, language)}</span>
          <span className="row-card-facts">
            <span>{one.location}</span>
            {one.lot && <span>{t("scan.lot", { lot: one.lot })}</span>}
            <FreeText balance={one} />
          </span>
        </>
      )}
    />
  );
}
