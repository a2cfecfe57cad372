import { useQuery } from "@tanstack/react-query";
import { Button, Segmented, Switch } from "antd";
import { useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { transfers } from "../api/stockDocuments";
import type { Transfer } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { PageHead } from "../ui/PageHead";
import { LinesSkeleton } from "../ui/Skeletons";
import { useNarrow } from "../ui/useNarrow";
import { StockTabs } from "./StockTabs";
import { TransferCard } from "./TransferCard";
import { TransferDrawer } from "./TransferDrawer";
import { StockActMenu } from "./acts/StockActMenu";
import { LocationPicker } from "./pickers";

const COLUMNS = ["draft", "in_transit", "received"] as const;
type Column = (typeof COLUMNS)[number];
const SHOWN = 50;

/** Parts on their way, as a board: drafts, in transit, received. */
export default function TransfersPage() {
  const { t } = useWords();
  const navigate = useNavigate();
  const narrow = useNarrow(900);
  const { transfer } = useParams();
  const [params, setParams] = useSearchParams();
  const [column, setColumn] = useState<Column>("in_transit");
  const late = params.get("late") === "true";
  const location = params.get("location") ?? "";
  const ask = (name: string, value: string) => {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value);
    else next.delete(name);
    setParams(next, { replace: true });
  };
  const shown = narrow ? [column] : COLUMNS;
  const search = params.size ? `?${params}` : "";
  return (
    <div className="page">
      <PageHead title={t("stock.transfers")}>
        <StockActMenu first={["transfer"]} />
      </PageHead>
      <StockTabs />
      <div className="filters">
        <span className="filter-pick">
          <LocationPicker
            label={t("stock.location")}
            value={location || null}
            onChange={(value) => ask("location", value ?? "")}
          />
        </span>
        <label className="switch-line">
          <Switch size="small" checked={late} onChange={(on) => ask("late", on ? "true" : "")} />
          {t("stock.late")}
        </label>
      </div>
      {narrow && (
        <Segmented<Column>
          block
          value={column}
          onChange={setColumn}
          options={COLUMNS.map((one) => ({ value: one, label: t.label("transferState", one) }))}
        />
      )}
      <div className="board">
        {shown.map((state) => (
          <BoardColumn key={state} state={state} location={location} late={late} search={search} />
        ))}
      </div>
      {transfer && (
        <TransferDrawer number={transfer} onClose={() => void navigate(`/stock/transfers${search}`)} />
      )}
    </div>
  );
}

interface ColumnProps {
  state: Column;
  location: string;
  late: boolean;
  search: string;
}

function BoardColumn({ state, location, late, search }: ColumnProps) {
  const { t } = useWords();
  const [limit, setLimit] = useState(SHOWN);
  const list = useQuery({
    queryKey: ["stock", "transfers", { state, location, late, limit }],
    queryFn: ({ signal }) =>
      transfers({ state, location, late: late && state === "in_transit", limit }, signal),
  });
  const rows: Transfer[] = list.data?.items ?? [];
  return (
    <section className="board-column" aria-label={t.label("transferState", state)}>
      <h2>
        {t.label("transferState", state)}
        <span className="quiet figures">
          {rows.length}
          {list.data?.next_cursor ? "+" : ""}
        </span>
      </h2>
      {list.isPending && <LinesSkeleton lines={3} />}
      {list.isError && <ErrorState error={list.error} retry={() => list.refetch()} />}
      {list.data && rows.length === 0 && <p className="quiet board-none">{t("transfer.none")}</p>}
      <ul>
        {rows.map((one) => (
          <li key={one.id}>
            <TransferCard transfer={one} search={search} />
          </li>
        ))}
      </ul>
      {list.data?.next_cursor && limit < 200 && (
        <Button type="text" onClick={() => setLimit(200)}>
          {t("act.more")}
        </Button>
      )}
    </section>
  );
}
