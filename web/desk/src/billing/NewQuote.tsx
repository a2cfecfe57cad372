import { Form, Input, Select } from "antd";
import { useNavigate } from "react-router";
import { createQuote } from "../api/billing";
import { findCustomers, findTickets } from "../api/lookups";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { Lookup } from "../ui/Lookup";
import { PAPER_LANGUAGES, quotePath } from "./terms";

interface Values {
  title: string;
  ticket?: string;
  customer_id?: string;
  language: string;
  sop?: string;
}

/** Begin a quote, for a ticket or a customer; its lines are written on its page. */
export function NewQuote(props: { ticket?: string; customerId?: string; onClose: () => void }) {
  const { t, f } = useWords();
  const navigate = useNavigate();
  return (
    <ActDialog<Values, { number: string }>
      title={t("quote.new")}
      hint={t("quote.newHint")}
      submit={t("quote.create")}
      initial={{ ticket: props.ticket, customer_id: props.customerId, language: "zh" }}
      run={(values, { key }) =>
        createQuote(
          {
            title: values.title,
            language: values.language,
            ticket: values.ticket ?? "",
            customer_id: values.ticket ? null : (values.customer_id ?? null),
            sop: values.sop?.trim() ?? "",
            intro: "",
            terms: "",
            price_list: "",
            lines: [],
          },
          key,
        )
      }
      refresh={[["quotes"], ["costs"]]}
      onDone={(made) => void navigate(quotePath(made.number))}
      onClose={props.onClose}
    >
      <Form.Item name="title" label={t("quote.title")} rules={[{ required: true, message: t("form.needed") }]}>
        <Input autoFocus maxLength={300} />
      </Form.Item>
      {!props.ticket && (
        <div className="form-two">
          <Form.Item name="ticket" label={t("quote.ticket")}>
            <Lookup kind="tickets" find={findTickets} />
          </Form.Item>
          <Form.Item name="customer_id" label={t("side.customer")} extra={t("quote.customerHint")}>
            <Lookup kind="customers" find={findCustomers} />
          </Form.Item>
        </div>
      )}
      <div className="form-two">
        <Form.Item name="language" label={t("quote.language")}>
          <Select options={PAPER_LANGUAGES.map((value) => ({ value, label: f.languageName(value) }))} />
        </Form.Item>
        <Form.Item name="sop" label={t("quote.sop")} extra={t("quote.sopHint")}>
          <Input maxLength={60} />
        </Form.Item>
      </div>
    </ActDialog>
  );
}
