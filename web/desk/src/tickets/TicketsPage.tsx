import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { Suspense, lazy, useState } from "react";
import { useSearchParams } from "react-router";
import { useMay } from "../app/session";
import { tickets } from "../api/tickets";
import type { Ticket } from "../api/types";
import { useOwnColumns, useOwnFilters } from "../customise/ownList";
import { useWords } from "../i18n/LanguageProvider";
import { DueTag } from "../ui/DueTag";
import { ListPage } from "../ui/ListPage";
import { BulkBar } from "./BulkBar";
import { PriorityTag, StateTag } from "./Tags";
import { dayBounds } from "./dayBounds";
import { useTicketColumns } from "./useTicketColumns";
import { useTicketFilters } from "./useTicketFilters";
import "../styles/tickets.css";

const NewTicketDrawer = lazy(() => import("./NewTicketDrawer"));

/** Tickets: filter, sort, choose, export, act on many at once, open a new one. */
export default function TicketsPage() {
  const { t } = useWords();
  const mayWrite = useMay("tickets:write");
  const mayOpen = useMay("tickets:open");
  const own = useOwnColumns<Ticket>("ticket", true);
  const ownFilters = useOwnFilters("ticket");
  const columns = [...useTicketColumns(), ...own];
  const { filters, presets, sorts } = useTicketFilters();
  const [params, setParams] = useSearchParams();
  const [creating, setCreating] = useState(params.has("new"));
  const close = () => {
    setCreating(false);
    if (!params.has("new")) return;
    params.delete("new");
    setParams(params, { replace: true });
  };
  const create = mayOpen && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t("tickets.new")}
    </Button>
  );
  return (
    <>
      <ListPage<Ticket>
        subject="tickets"
        title={t("nav.tickets")}
        search={t("tickets.search")}
        empty={{ title: t("tickets.empty"), hint: t("tickets.emptyHint"), act: create }}
        columns={columns}
        filters={[...filters, ...ownFilters]}
        presets={presets}
        sorts={sorts}
        exportKind="tickets"
        ask={dayBounds}
        fetch={tickets}
        rowKey={(one) => one.number}
        pathOf={(one) => `/tickets/${encodeURIComponent(one.number)}`}
        card={(one) => <TicketCard ticket={one} />}
        bulk={mayWrite ? (rows, done) => <BulkBar tickets={rows} onDone={done} /> : undefined}
        acts={create}
      />
      {creating && (
        <Suspense fallback={null}>
          <NewTicketDrawer close={close} />
        </Suspense>
      )}
    </>
  );
}

/** A ticket on a phone. */
function TicketCard({ ticket }: { ticket: Ticket }) {
  return (
    <>
      <strong>{ticket.title}</strong>
      <span className="row-card-facts">
        <StateTag state={ticket.state} />
        <PriorityTag priority={ticket.priority} />
        <DueTag due={ticket.due} />
        <span className="figures">{ticket.number}</span>
        {ticket.serial && <span className="figures">{ticket.serial}</span>}
      </span>
    </>
  );
}
