import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import { useMay } from "../app/session";
import { quotes } from "../api/billing";
import type { Quote } from "../api/billing";
import { findCustomers } from "../api/lookups";
import { useWords } from "../i18n/LanguageProvider";
import { ListPage } from "../ui/ListPage";
import { MoneyText } from "../ui/MoneyText";
import type { ListFilter, Preset, ServerColumn } from "../ui/listShape";
import { NewQuote } from "./NewQuote";
import { BillingTabs, QuoteState } from "./bits";
import { QUOTE_STATES, quotePath } from "./terms";

/** Quotes: what waits for a manager, for a customer, and what they said. */
export default function QuotesPage() {
  const { t, f } = useWords();
  const mayWrite = useMay("tickets:write");
  const [making, setMaking] = useState(false);
  const columns = useMemo<ServerColumn<Quote>[]>(
    () => [
      {
        key: "number",
        title: t("quote.number"),
        width: 165,
        render: (one) => (
          <Link to={quotePath(one.number)} className="figures nowrap">
            {one.number}
          </Link>
        ),
      },
      { key: "title", title: t("quote.title"), render: (one) => one.title },
      {
        key: "customer",
        title: t("side.customer"),
        render: (one) => <Link to={`/customers/${one.customer_id}`}>{one.customer_name}</Link>,
      },
      {
        key: "state",
        title: t("quote.state"),
        width: 150,
        render: (one) => (
          <>
            <QuoteState state={one.state} />
            {one.open_questions > 0 && (
              <span className="tag" data-billing-state="asked">
                {t("quote.questions", { count: one.open_questions })}
              </span>
            )}
          </>
        ),
      },
      {
        key: "gross",
        title: t("quote.gross"),
        width: 140,
        align: "end",
        render: (one) => <MoneyText money={one.gross} />,
      },
      {
        key: "valid",
        title: t("quote.validUntil"),
        width: 125,
        render: (one) => <span className="figures nowrap">{f.date(one.valid_until)}</span>,
      },
      {
        key: "ticket",
        title: t("quote.ticket"),
        width: 150,
        render: (one) =>
          one.ticket && (
            <Link to={`/tickets/${one.ticket}`} className="figures nowrap">
              {one.ticket}
            </Link>
          ),
      },
      { key: "author", title: t("quote.author"), width: 110, hidden: true, render: (one) => one.author },
    ],
    [t, f],
  );
  const filters: ListFilter[] = [
    {
      kind: "many",
      name: "state",
      label: t("quote.state"),
      main: true,
      options: QUOTE_STATES.map((value) => ({ value, label: t.label("quoteState", value) })),
    },
    { kind: "flag", name: "questions", label: t("quote.withQuestions") },
    { kind: "find", name: "customer_id", label: t("side.customer"), find: findCustomers },
    { kind: "text", name: "ticket", label: t("quote.ticket") },
    { kind: "text", name: "currency", label: t("contract.currency") },
  ];
  const presets: Preset[] = [
    { key: "all", label: t("tickets.all"), query: { filters: {} } },
    { key: "waiting", label: t.label("quoteState", "waiting_approval"), query: { filters: { state: ["waiting_approval"] } } },
    { key: "sent", label: t.label("quoteState", "sent"), query: { filters: { state: ["sent"] } } },
    { key: "questions", label: t("quote.withQuestions"), query: { filters: { questions: ["true"] } } },
    { key: "approved", label: t.label("quoteState", "approved"), query: { filters: { state: ["approved"] } } },
  ];
  const create = mayWrite && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
      {t("quote.new")}
    </Button>
  );
  return (
    <>
      <ListPage<Quote>
        subject="quotes"
        title={t("billing.quotes")}
        search={t("quote.search")}
        empty={{ title: t("quote.empty"), hint: t("quote.emptyHint"), act: create }}
        above={<BillingTabs />}
        columns={columns}
        filters={filters}
        presets={presets}
        fetch={quotes}
        rowKey={(one) => one.number}
        pathOf={(one) => quotePath(one.number)}
        card={(one) => (
          <>
            <strong>{one.title}</strong>
            <span className="row-card-facts">
              <QuoteState state={one.state} />
              <span className="figures">{one.number}</span>
              <span>{one.customer_name}</span>
              <MoneyText money={one.gross} />
            </span>
          </>
        )}
        acts={create}
      />
      {making && <NewQuote onClose={() => setMaking(false)} />}
    </>
  );
}
