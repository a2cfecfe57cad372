import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useBalances, useRequests, useTransfers, useVan } from "../api/stock";
import type { Balance, Location, PartRequest } from "../api/stock";
import { useCommands } from "../commands/outbox";
import { useWords } from "../i18n/LanguageProvider";
import { spoken } from "../i18n/format";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { Page } from "../ui/Page";
import { Pull } from "../ui/Pull";
import { Empty, Failed, Loading, Tag } from "../ui/States";
import { Pending } from "../visit/Pending";
import { RequestSheet } from "./RequestSheet";
import { TransferCard } from "./TransferCard";

/** The van as a stock location: what lies in it, what comes, what was asked for. */
export default function VanPage() {
  const { t } = useWords();
  const client = useQueryClient();
  const van = useVan();
  return (
    <Page title={t("van.title")} sub={van.data?.name || van.data?.code}>
      <Pull onPull={() => client.invalidateQueries({ queryKey: ["stock"] })}>
        {van.isError && <Failed error={van.error} retry={() => void van.refetch()} />}
        {van.isLoading && <Loading />}
        {van.data === null && <Empty icon="van" title={t("van.none")} hint={t("van.noneHint")} />}
        {van.data && <Stock van={van.data} />}
      </Pull>
    </Page>
  );
}

function Stock({ van }: { van: Location }) {
  const { t, language } = useWords();
  const held = useBalances(van.code);
  const transfers = useTransfers(van.code);
  const requests = useRequests(van.code);
  const [asking, setAsking] = useState<string | null>(null);
  const [q, setQ] = useState("");
  const coming = (transfers.data ?? []).filter((one) => one.target === van.code && one.state === "in_transit");
  const open = (requests.data ?? []).filter((one) => !["fulfilled", "rejected", "cancelled"].includes(one.state));
  const unsent = useCommands("van").length > 0;
  const shown = (held.data ?? []).filter((one) =>
    `${one.part} ${spoken(one.part_names, language)}`.toLowerCase().includes(q.trim().toLowerCase()),
  );
  return (
    <>
      {unsent && <Pending subject="van" />}
      {coming.map((one) => (
        <TransferCard key={one.id} transfer={one} />
      ))}
      <Button size="big" wide icon="plus" onClick={() => setAsking("")}>
        {t("van.request")}
      </Button>
      {open.length > 0 && <Requests requests={open} />}
      <section className="card">
        <h2>
          <Icon name="van" small />
          {t("van.stock")}
          <span className="count quiet figures">{held.data?.length ?? ""}</span>
        </h2>
        {held.isError && <Failed error={held.error} retry={() => void held.refetch()} />}
        {(held.data?.length ?? 0) > 8 && (
          <input
            className="input" type="search" aria-label={t("act.search")} placeholder={t("act.search")} value={q}
            onChange={(event) => setQ(event.target.value)}
          />
        )}
        <ul className="rows">
          {shown.map((one) => (
            <BalanceLine key={`${one.part}${one.lot}${one.condition}`} balance={one} onAsk={() => setAsking(one.part)} />
          ))}
        </ul>
        {held.data?.length === 0 && <p className="quiet">{t("van.empty")}</p>}
      </section>
      {asking !== null && <RequestSheet van={van.code} part={asking} onClose={() => setAsking(null)} />}
    </>
  );
}

function BalanceLine({ balance, onAsk }: { balance: Balance; onAsk: () => void }) {
  const { t, f, language } = useWords();
  const low = balance.minimum !== null && balance.free < balance.minimum;
  return (
    <li>
      <div className="row-main">
        <p className="strong figures wrap">{balance.part}</p>
        <p className="quiet wrap">
          {[spoken(balance.part_names, language), balance.bin, balance.lot].filter(Boolean).join(" · ")}
          {balance.expires_on && ` · ${t("part.expires")} ${f.date(balance.expires_on)}`}
        </p>
      </div>
      {balance.condition !== "good" && <Tag tone="red">{t("part.defective")}</Tag>}
      {balance.reserved > 0 && <Tag>{t("part.reserved", { count: balance.reserved })}</Tag>}
      <span className={low ? "stock-count low figures" : "stock-count figures"}>
        {balance.on_hand}
        {low && <span className="spoken-only"> {t("van.low")}</span>}
      </span>
      {low && (
        <button type="button" className="icon-button" aria-label={t("van.requestPart", { part: balance.part })} onClick={onAsk}>
          <Icon name="plus" />
        </button>
      )}
    </li>
  );
}

const TONE: Record<string, string> = { approved: "teal", picking: "teal", in_transit: "amber", rejected: "red" };

function Requests({ requests }: { requests: PartRequest[] }) {
  const { t, f } = useWords();
  return (
    <section className="card">
      <h2>{t("van.requests")}</h2>
      <ul className="rows">
        {requests.map((one) => (
          <li key={one.id}>
            <div className="row-main">
              <p className="figures wrap">{one.lines.map((line) => `${line.part} × ${line.quantity}`).join(", ")}</p>
              <p className="quiet figures">
                {one.number} · {f.dateTime(one.created_at)}
              </p>
            </div>
            <Tag tone={TONE[one.state]}>{t.label("requestState", one.state)}</Tag>
          </li>
        ))}
      </ul>
    </section>
  );
}
