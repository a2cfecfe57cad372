import { useMemo } from "react";
import { counts } from "../api/stockDocuments";
import type { Count } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { ListPage } from "../ui/ListPage";
import { WhenText } from "../ui/WhenText";
import type { ServerColumn } from "../ui/listShape";
import { StockTabs } from "./StockTabs";
import { StockActMenu } from "./acts/StockActMenu";
import { Place, StateTag } from "./bits";
import { countProgress } from "./counting";
import { useStockFilters } from "./filters";
import { ActorName } from "./moveColumns";
import { COUNT_STATES, countPath } from "./terms";

/** Stock-takings, open and past. */
export default function CountsPage() {
  const { t } = useWords();
  const filters = useStockFilters();
  const columns = useMemo<ServerColumn<Count>[]>(
    () => [
      { key: "number", title: t("count.number"), width: 150, render: (one) => <span className="figures nowrap">{one.number}</span> },
      { key: "location", title: t("stock.location"), width: 170, render: (one) => <Place place={one.location} /> },
      { key: "state", title: t("transfer.state"), width: 110, render: (one) => <StateTag group="countState" state={one.state} /> },
      { key: "done", title: t("count.progress"), width: 130, render: (one) => <Progress count={one} /> },
      { key: "blind", title: t("count.blind"), width: 110, render: (one) => t(one.blind ? "state.yes" : "state.no") },
      { key: "by", title: t("stock.madeBy"), width: 130, render: (one) => <ActorName actor={one.made_by} /> },
      { key: "at", title: t("request.at"), width: 150, render: (one) => <WhenText at={one.created_at} /> },
      { key: "closed", title: t("count.closedAt"), width: 150, render: (one) => <WhenText at={one.closed_at} /> },
      { key: "note", title: t("stock.note"), width: 200, render: (one) => one.note },
    ],
    [t],
  );
  return (
    <ListPage<Count>
      subject="stock-counts"
      title={t("stock.counts")}
      above={<StockTabs />}
      acts={<StockActMenu first={["count"]} />}
      columns={columns}
      fetch={({ q: _, ...query }, signal) => counts(query, signal)}
      rowKey={(one) => one.number}
      pathOf={(one) => countPath(one.number)}
      filters={[
        {
          name: "state",
          label: t("transfer.state"),
          kind: "many",
          main: true,
          options: COUNT_STATES.map((one) => ({ value: one, label: t.label("countState", one) })),
        },
        { ...filters.location, main: true },
      ]}
      empty={{ title: t("count.empty"), hint: t("count.emptyHint") }}
      card={(one) => (
        <>
          <strong className="figures">{one.number}</strong>
          <span className="row-card-facts">
            <StateTag group="countState" state={one.state} />
            <span>{one.location}</span>
            <Progress count={one} />
          </span>
        </>
      )}
    />
  );
}

function Progress({ count }: { count: Count }) {
  const { t } = useWords();
  const { counted, all } = countProgress(count.lines, {});
  return <span className="figures">{t("count.of", { counted, count: all })}</span>;
}
