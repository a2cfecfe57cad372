import { useMemo } from "react";
import { useNavigate, useParams } from "react-router";
import { useMay } from "../app/session";
import { partRequests } from "../api/stockDocuments";
import type { PartRequest } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { ListPage } from "../ui/ListPage";
import { WhenText } from "../ui/WhenText";
import type { ServerColumn } from "../ui/listShape";
import { RequestBulk } from "./RequestBulk";
import { RequestDrawer } from "./RequestDrawer";
import { RulesButton } from "./RulesButton";
import { StockTabs } from "./StockTabs";
import { StockActMenu } from "./acts/StockActMenu";
import { Amounts, Place, StateTag, Way } from "./bits";
import { useStockFilters } from "./filters";
import { ActorName } from "./moveColumns";
import { REQUEST_STATES } from "./terms";

const pathOf = (one: PartRequest): string => `/stock/requests/${encodeURIComponent(one.number)}`;
const wanted = (one: PartRequest): string =>
  one.lines.map((line) => `${line.quantity} × ${line.part}`).join(", ");

/** Requests for parts: a queue to say yes or no to, and what became of the rest. */
export default function RequestsPage() {
  const { t, f } = useWords();
  const navigate = useNavigate();
  const { request } = useParams();
  const mayApprove = useMay("stock:approve");
  const filters = useStockFilters();
  const columns = useMemo<ServerColumn<PartRequest>[]>(
    () => [
      { key: "number", title: t("request.number"), width: 140, render: (one) => <span className="figures nowrap">{one.number}</span> },
      { key: "state", title: t("transfer.state"), width: 130, render: (one) => <StateTag group="requestState" state={one.state} /> },
      {
        key: "way",
        title: t("move.way"),
        width: 190,
        render: (one) => (one.source ? <Way source={one.source} target={one.location} /> : <Place place={one.location} />),
      },
      { key: "lines", title: t("stock.lines"), width: 220, render: wanted },
      {
        key: "purpose",
        title: t("stock.purpose"),
        width: 120,
        render: (one) => [t.label("purpose", one.purpose_type), one.purpose_number].filter(Boolean).join(" "),
      },
      { key: "value", title: t("stock.value"), width: 110, align: "end", render: (one) => <Amounts amounts={one.value} /> },
      { key: "needed", title: t("request.neededBy"), width: 120, render: (one) => <span className="nowrap">{f.date(one.needed_by)}</span> },
      { key: "by", title: t("stock.madeBy"), width: 120, render: (one) => <ActorName actor={one.made_by} /> },
      { key: "at", title: t("request.at"), width: 150, hidden: true, render: (one) => <WhenText at={one.created_at} /> },
    ],
    [t, f],
  );
  return (
    <>
      <ListPage<PartRequest>
        subject="stock-requests"
        title={t("stock.requests")}
        above={<StockTabs />}
        acts={
          <>
            <RulesButton />
            <StockActMenu first={["request"]} />
          </>
        }
        columns={columns}
        fetch={({ q: _, ...query }, signal) => partRequests(query, signal)}
        rowKey={(one) => one.number}
        pathOf={pathOf}
        filters={[
          {
            name: "state",
            label: t("transfer.state"),
            kind: "many",
            main: true,
            options: REQUEST_STATES.map((one) => ({ value: one, label: t.label("requestState", one) })),
          },
          { ...filters.location, main: true },
          { name: "mine", label: t("request.mine"), kind: "flag", main: true },
        ]}
        presets={[
          { key: "queue", label: t("request.queue"), query: { filters: { state: ["submitted"] } } },
          { key: "toSend", label: t("request.toSend"), query: { filters: { state: ["approved", "picking"] } } },
          { key: "mine", label: t("request.mine"), query: { filters: { mine: ["true"] } } },
          { key: "all", label: t("list.all"), query: { filters: {} } },
        ]}
        bulk={mayApprove ? (rows, done) => <RequestBulk requests={rows} onDone={done} /> : undefined}
        empty={{ title: t("request.empty"), hint: t("request.emptyHint") }}
        card={(one) => (
          <>
            <strong className="figures">{one.number}</strong>
            <span>{wanted(one)}</span>
            <span className="row-card-facts">
              <StateTag group="requestState" state={one.state} />
              <span>{one.location}</span>
              {one.needed_by && <span>{t("request.by", { date: f.date(one.needed_by) })}</span>}
            </span>
          </>
        )}
      />
      {request && <RequestDrawer number={request} onClose={() => void navigate("/stock/requests")} />}
    </>
  );
}
