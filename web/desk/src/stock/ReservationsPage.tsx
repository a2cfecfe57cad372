import { Button, Form, Input, Space } from "antd";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import { useMay } from "../app/session";
import { releaseReservation, reservations } from "../api/stockDocuments";
import type { Reservation } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { ListPage } from "../ui/ListPage";
import { WhenText } from "../ui/WhenText";
import type { ServerColumn } from "../ui/listShape";
import { StockTabs } from "./StockTabs";
import { SendKeptDialog } from "./acts/SendKeptDialog";
import { StockActMenu } from "./acts/StockActMenu";
import { STOCK_KEYS } from "./acts/keys";
import { PartLink, Place, StateTag } from "./bits";
import { useStockFilters } from "./filters";
import { ActorName } from "./moveColumns";
import { PURPOSES, RESERVATION_STATES } from "./terms";

/** Parts that are kept for something; each can be let go. */
export default function ReservationsPage() {
  const { t, f } = useWords();
  const filters = useStockFilters();
  const columns = useMemo<ServerColumn<Reservation>[]>(
    () => [
      { key: "part", title: t("stock.part"), width: 150, render: (one) => <PartLink part={one.part} /> },
      {
        key: "quantity",
        title: t("reservation.left"),
        width: 90,
        align: "end",
        render: (one) => <span className="figures">{`${f.number(one.quantity - one.consumed)} / ${f.number(one.quantity)}`}</span>,
      },
      { key: "location", title: t("stock.location"), width: 150, render: (one) => <Place place={one.location} /> },
      { key: "piece", title: t("move.piece"), width: 140, render: (one) => [one.lot, one.serial].filter(Boolean).join(" · ") },
      { key: "for", title: t("stock.purpose"), width: 180, render: (one) => <Purpose reservation={one} /> },
      { key: "state", title: t("transfer.state"), width: 110, render: (one) => <StateTag group="reservationState" state={one.state} /> },
      { key: "due", title: t("reservation.until"), width: 140, render: (one) => <WhenText at={one.due_at} /> },
      { key: "by", title: t("stock.madeBy"), width: 120, render: (one) => <ActorName actor={one.made_by} /> },
      { key: "why", title: t("reservation.ended"), width: 160, hidden: true, render: (one) => one.ended_reason },
      { key: "acts", title: t("move.acts"), width: 170, render: (one) => <KeptActs reservation={one} /> },
    ],
    [t, f],
  );
  return (
    <ListPage<Reservation>
      subject="stock-reservations"
      title={t("stock.reservations")}
      above={<StockTabs />}
      acts={<StockActMenu first={["reserve"]} />}
      columns={columns}
      fetch={({ q: _, ...query }, signal) => reservations(query, signal)}
      rowKey={(one) => one.id}
      filters={[
        {
          name: "state",
          label: t("transfer.state"),
          kind: "many",
          main: true,
          options: RESERVATION_STATES.map((one) => ({ value: one, label: t.label("reservationState", one) })),
        },
        { ...filters.part, main: true },
        { ...filters.location, main: true },
        {
          name: "purpose_type",
          label: t("stock.purpose"),
          kind: "one",
          options: PURPOSES.map((one) => ({ value: one, label: t.label("purpose", one) })),
        },
        { name: "purpose_number", label: t("stock.purposeNumber"), kind: "text" },
      ]}
      presets={[
        { key: "active", label: t("reservation.active"), query: { filters: { state: ["active"] } } },
        { key: "all", label: t("list.all"), query: { filters: {} } },
      ]}
      empty={{ title: t("reservation.empty"), hint: t("reservation.emptyHint") }}
      card={(one) => (
        <>
          <strong className="figures">{`${one.quantity - one.consumed} × ${one.part}`}</strong>
          <span className="row-card-facts">
            <StateTag group="reservationState" state={one.state} />
            <span>{one.location}</span>
            <Purpose reservation={one} />
          </span>
          <KeptActs reservation={one} />
        </>
      )}
    />
  );
}

function Purpose({ reservation }: { reservation: Reservation }) {
  const { t } = useWords();
  const { purpose_type: type, purpose_number: number } = reservation;
  if (type === "ticket" && number) return <Link to={`/tickets/${encodeURIComponent(number)}`}>{number}</Link>;
  if (type === "work_order" && number) return <Link to={`/visits/${encodeURIComponent(number)}`}>{number}</Link>;
  if (type === "request" && number) {
    return <Link to={`/stock/requests/${encodeURIComponent(number)}`}>{number}</Link>;
  }
  return <>{[t.label("purpose", type), number].filter(Boolean).join(" ")}</>;
}

/** What can be done with parts that are kept: send them on, or let them go. */
function KeptActs({ reservation }: { reservation: Reservation }) {
  const { t } = useWords();
  const mayRequest = useMay("stock:request");
  const mayMove = useMay("stock:move");
  const [open, setOpen] = useState<"send" | "release" | null>(null);
  if (reservation.state !== "active") return null;
  return (
    <>
      <Space size="small" wrap>
        {mayMove && (
          <Button size="small" onClick={() => setOpen("send")}>
            {t("stock.send")}
          </Button>
        )}
        {mayRequest && (
          <Button size="small" onClick={() => setOpen("release")}>
            {t("reservation.release")}
          </Button>
        )}
      </Space>
      {open === "send" && <SendKeptDialog reservation={reservation} onClose={() => setOpen(null)} />}
      {open === "release" && (
        <ActDialog<{ reason?: string }, Reservation>
          danger
          title={t("reservation.releaseTitle", {
            count: reservation.quantity - reservation.consumed,
            part: reservation.part,
          })}
          hint={t("reservation.releaseHint", { place: reservation.location })}
          submit={t("reservation.release")}
          refresh={STOCK_KEYS}
          run={({ reason }, { key }) => releaseReservation(reservation.id, reason?.trim() ?? "", key)}
          done={() => t("reservation.released")}
          onClose={() => setOpen(null)}
        >
          <Form.Item name="reason" label={t("stock.reason")}>
            <Input autoFocus maxLength={500} />
          </Form.Item>
        </ActDialog>
      )}
    </>
  );
}
