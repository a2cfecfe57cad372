import { useQuery } from "@tanstack/react-query";
import { Input, Select } from "antd";
import { ticketForms } from "../api/tickets";
import type { FormField, Ticket, TicketChange } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { Facts, Section } from "../ui/Facts";
import { EditableText } from "./EditableText";
import { fieldName } from "./fieldName";

interface Props {
  ticket: Ticket;
  /** Absent: to read only. */
  change?: (part: TicketChange, back?: TicketChange) => void;
}

/** What the type of a ticket asks for; what is still missing is marked. */
export function TypeFields({ ticket, change }: Props) {
  const { t } = useWords();
  const forms = useQuery({ queryKey: ["ticket-forms"], queryFn: ticketForms, staleTime: Infinity });
  const form = forms.data?.types.find((one) => one.type === ticket.type);
  const fields = (form?.fields ?? []).filter((one) => one.kind !== "serial");
  if (fields.length === 0) return null;
  return (
    <Section title={t("ticket.fieldsOf", { type: t.label("type", ticket.type) })}>
      <Facts
        facts={fields.map((field) => ({
          label: fieldName(field.name, t) + (field.required_at ? " *" : ""),
          value: <FieldValue field={field} ticket={ticket} change={change} />,
        }))}
      />
    </Section>
  );
}

function FieldValue({ field, ticket, change }: Props & { field: FormField }) {
  const { t, f } = useWords();
  const raw = ticket.fields?.[field.name];
  const value = typeof raw === "string" ? raw : "";
  const missing = ticket.missing?.includes(field.name);
  const set = (next: string) =>
    change?.({ fields: { [field.name]: next || null } }, { fields: { [field.name]: value || null } });
  const status = missing ? ("warning" as const) : undefined;
  const label = fieldName(field.name, t);
  if (!change) {
    return <>{field.kind === "choice" ? t.label("fieldChoice", value) : field.kind === "date" ? f.date(value) : value}</>;
  }
  if (field.kind === "choice") {
    return (
      <Select<string>
        size="small"
        allowClear
        className="fact-select"
        status={status}
        aria-label={label}
        placeholder={missing ? t("ticket.needed") : t("state.none")}
        value={value || undefined}
        options={field.choices?.map((one) => ({ value: one, label: t.label("fieldChoice", one) }))}
        onChange={(next?: string) => set(next ?? "")}
      />
    );
  }
  if (field.kind === "date") {
    return (
      <Input
        size="small"
        type="date"
        status={status}
        aria-label={label}
        key={value}
        defaultValue={value}
        onBlur={(event) => event.target.value !== value && set(event.target.value)}
      />
    );
  }
  return (
    <>
      <EditableText label={label} value={value} maxLength={1000} onSave={set} />
      {missing && <small className="needed">{t("ticket.needed")}</small>}
    </>
  );
}
