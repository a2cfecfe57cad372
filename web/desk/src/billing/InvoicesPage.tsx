import { ExportOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import { useMay } from "../app/session";
import { invoices } from "../api/billing";
import type { Invoice } from "../api/billing";
import { findCustomers } from "../api/lookups";
import { useWords } from "../i18n/LanguageProvider";
import { ListPage } from "../ui/ListPage";
import { MoneyText } from "../ui/MoneyText";
import type { ListFilter, Preset, ServerColumn } from "../ui/listShape";
import { ExportDialog } from "./ExportDialog";
import { NewInvoice } from "./NewInvoice";
import { BillingTabs, InvoiceState } from "./bits";
import { INVOICE_STATES, invoicePath } from "./terms";

/** Invoices and credit notes: drafts first to be issued, then to be handed to the accounts. */
export default function InvoicesPage() {
  const { t, f } = useWords();
  const mayBill = useMay("billing:write");
  const [open, setOpen] = useState<"new" | "export">();
  const columns = useMemo<ServerColumn<Invoice>[]>(
    () => [
      {
        key: "number",
        title: t("invoice.number"),
        width: 165,
        render: (one) => (
          <Link to={invoicePath(one.id)} className="figures nowrap">
            {one.number || t("invoiceState.draft")}
          </Link>
        ),
      },
      {
        key: "customer",
        title: t("side.customer"),
        render: (one) => <Link to={`/customers/${one.customer_id}`}>{one.customer_name}</Link>,
      },
      {
        key: "state",
        title: t("quote.state"),
        width: 120,
        render: (one) => <InvoiceState state={one.state} kind={one.kind} />,
      },
      {
        key: "issued",
        title: t("invoice.issuedOn"),
        width: 125,
        render: (one) => <span className="figures nowrap">{f.date(one.issued_on)}</span>,
      },
      {
        key: "net",
        title: t("quote.net"),
        width: 140,
        align: "end",
        render: (one) => <MoneyText money={one.net} />,
      },
      {
        key: "gross",
        title: t("quote.gross"),
        width: 140,
        align: "end",
        render: (one) => <MoneyText money={one.gross} />,
      },
      {
        key: "tickets",
        title: t("quote.ticket"),
        width: 160,
        render: (one) => <span className="figures">{[...one.tickets, one.quote].filter(Boolean).join(", ")}</span>,
      },
      {
        key: "exported",
        title: t("invoice.exported"),
        width: 130,
        render: (one) => f.date(one.exported_at),
      },
    ],
    [t, f],
  );
  const filters: ListFilter[] = [
    {
      kind: "many",
      name: "state",
      label: t("quote.state"),
      main: true,
      options: INVOICE_STATES.map((value) => ({ value, label: t.label("invoiceState", value) })),
    },
    {
      kind: "one",
      name: "kind",
      label: t("costs.kind"),
      options: ["invoice", "credit_note"].map((value) => ({ value, label: t.label("invoiceKind", value) })),
    },
    { kind: "find", name: "customer_id", label: t("side.customer"), find: findCustomers },
    { kind: "text", name: "ticket", label: t("quote.ticket") },
    { kind: "day", name: "issued_from", label: t("invoice.from") },
    { kind: "day", name: "issued_until", label: t("invoice.until") },
    { kind: "flag", name: "exported", label: t("invoice.notExported"), value: "false" },
  ];
  const presets: Preset[] = [
    { key: "all", label: t("tickets.all"), query: { filters: {} } },
    { key: "draft", label: t("invoiceState.draft"), query: { filters: { state: ["draft"] } } },
    { key: "issued", label: t("invoiceState.issued"), query: { filters: { state: ["issued"] } } },
    {
      key: "waiting",
      label: t("invoice.notExported"),
      query: { filters: { state: ["issued", "cancelled"], exported: ["false"] } },
    },
  ];
  const acts = mayBill && (
    <>
      <Button icon={<ExportOutlined />} onClick={() => setOpen("export")}>
        {t("invoice.handOver")}
      </Button>
      <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen("new")}>
        {t("invoice.new")}
      </Button>
    </>
  );
  return (
    <>
      <ListPage<Invoice>
        subject="invoices"
        title={t("billing.invoices")}
        search={t("invoice.search")}
        empty={{ title: t("invoice.empty"), hint: t("invoice.emptyHint"), act: acts }}
        above={<BillingTabs />}
        columns={columns}
        filters={filters}
        presets={presets}
        fetch={invoices}
        rowKey={(one) => one.id}
        pathOf={(one) => invoicePath(one.id)}
        card={(one) => (
          <>
            <strong>{one.customer_name}</strong>
            <span className="row-card-facts">
              <InvoiceState state={one.state} kind={one.kind} />
              <span className="figures">{one.number}</span>
              <span>{f.date(one.issued_on)}</span>
              <MoneyText money={one.gross} />
            </span>
          </>
        )}
        acts={acts}
      />
      {open === "new" && <NewInvoice onClose={() => setOpen(undefined)} />}
      {open === "export" && <ExportDialog onClose={() => setOpen(undefined)} />}
    </>
  );
}
