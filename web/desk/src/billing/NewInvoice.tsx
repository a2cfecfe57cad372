import { Form, Input, InputNumber, Select } from "antd";
import { useNavigate } from "react-router";
import { draftInvoice } from "../api/billing";
import { findCustomers } from "../api/lookups";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { Lookup } from "../ui/Lookup";
import { CURRENCIES, invoicePath } from "./terms";

interface Values {
  tickets?: string[];
  customer_id?: string;
  currency?: string;
  text?: string;
  amount?: string;
}

/** Begin an invoice: closed tickets of one customer together, or a free line. */
export function NewInvoice({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  return (
    <ActDialog<Values, { id: string }>
      title={t("invoice.new")}
      hint={t("invoice.newHint")}
      submit={t("invoice.draft")}
      run={({ tickets, customer_id, currency, text, amount }, { key }) =>
        draftInvoice(
          {
            tickets: tickets ?? [],
            customer_id: customer_id ?? null,
            currency: currency ?? null,
            lines: text && amount
              ? [{ text, unit_price: amount, quantity: "1", unit: "", discount: "0", tax_code: "" }]
              : [],
          },
          key,
        )
      }
      refresh={[["invoices"], ["costs"]]}
      onDone={(made) => void navigate(invoicePath(made.id))}
      onClose={onClose}
    >
      <Form.Item name="tickets" label={t("invoice.tickets")} extra={t("invoice.ticketsHint")}>
        <Select mode="tags" tokenSeparators={[",", " "]} open={false} suffixIcon={null} />
      </Form.Item>
      <div className="form-two">
        <Form.Item name="customer_id" label={t("side.customer")}>
          <Lookup kind="customers" find={findCustomers} />
        </Form.Item>
        <Form.Item name="currency" label={t("contract.currency")}>
          <Select allowClear options={CURRENCIES.map((value) => ({ value, label: value }))} />
        </Form.Item>
        <Form.Item name="text" label={t("invoice.freeLine")}>
          <Input maxLength={500} />
        </Form.Item>
        <Form.Item name="amount" label={t("quote.net")}>
          <InputNumber stringMode min="0" className="number-field" />
        </Form.Item>
      </div>
    </ActDialog>
  );
}
