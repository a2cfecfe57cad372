import { Select } from "antd";
import { useColleagues } from "../app/presence";
import type { Priority as PriorityCode, Ticket, TicketChange, TicketType } from "../api/types";
import { useOwnTypes, useText } from "../customise/ownFields";
import { useWords } from "../i18n/LanguageProvider";
import { Facts } from "../ui/Facts";
import { EditableText } from "./EditableText";
import { PriorityTag } from "./Tags";
import { PRIORITIES, TYPES } from "./terms";

interface Props {
  ticket: Ticket;
  /** Absent: to read only. */
  change?: (part: TicketChange, back?: TicketChange) => void;
}

/** Key facts; the ones people change are changed in place. */
export function TicketFacts({ ticket, change }: Props) {
  const { t, f } = useWords();
  return (
    <Facts
      facts={[
        { label: t("ticket.assignee"), value: <Assignee ticket={ticket} change={change} /> },
        { label: t("ticket.priority"), value: <Priority ticket={ticket} change={change} /> },
        { label: t("ticket.type"), value: <Type ticket={ticket} change={change} /> },
        {
          label: t("ticket.engineer"),
          value: (
            <EditableText
              label={t("ticket.engineer")}
              value={ticket.engineer}
              maxLength={40}
              onSave={change && ((engineer) => change({ engineer }, { engineer: ticket.engineer }))}
            />
          ),
        },
        { label: t("ticket.component"), value: ticket.component },
        !!ticket.reopened_count && {
          label: t("ticket.reopened"),
          value: t("ticket.times", { count: ticket.reopened_count }),
        },
        { label: t("ticket.errorCodes"), value: ticket.error_codes.join(", ") },
        { label: t("ticket.callback"), value: ticket.callback_phone },
        { label: t("ticket.language"), value: f.languageName(ticket.language) },
        { label: t("ticket.channel"), value: t.label("channel", ticket.channel) },
        { label: t("ticket.created_at"), value: f.dateTime(ticket.created_at) },
        { label: t("ticket.updated_at"), value: f.dateTime(ticket.updated_at) },
        { label: t("ticket.answered_at"), value: f.dateTime(ticket.answered_at) },
        { label: t("ticket.resolved_at"), value: f.dateTime(ticket.resolved_at) },
        { label: t("ticket.closed_at"), value: f.dateTime(ticket.closed_at) },
      ]}
    />
  );
}

function Assignee({ ticket, change }: Props) {
  const { t } = useWords();
  const colleagues = useColleagues();
  const name = colleagues.find((one) => one.id === ticket.assignee_id)?.name ?? ticket.assignee_id;
  if (!change) return <>{name ?? t("state.nobody")}</>;
  const known = colleagues.some((one) => one.id === ticket.assignee_id);
  return (
    <Select<string>
      size="small"
      allowClear
      className="fact-select"
      showSearch={{ optionFilterProp: "label" }}
      aria-label={t("ticket.assignee")}
      placeholder={t("state.nobody")}
      value={ticket.assignee_id}
      options={[
        ...colleagues.map((one) => ({ value: one.id, label: one.name })),
        ...(ticket.assignee_id && !known
          ? [{ value: ticket.assignee_id, label: name ?? "" }]
          : []),
      ]}
      onChange={(id?: string) =>
        change({ assignee_id: id ?? "" }, { assignee_id: ticket.assignee_id ?? "" })
      }
    />
  );
}

function Priority({ ticket, change }: Props) {
  const { t } = useWords();
  const before = ticket.priority as PriorityCode;
  if (!change) return <PriorityTag priority={before} />;
  return (
    <Select<PriorityCode>
      size="small"
      className="fact-select"
      aria-label={t("ticket.priority")}
      value={before}
      options={PRIORITIES.map((one) => ({ value: one, label: <PriorityTag priority={one} /> }))}
      onChange={(priority) => change({ priority }, { priority: before })}
    />
  );
}

function Type({ ticket, change }: Props) {
  const { t } = useWords();
  const text = useText();
  const own = useOwnTypes();
  const base = ticket.type as TicketType;
  const before = ticket.own_type || base;
  const name = (code: string) =>
    text(own.find((one) => one.code === code)?.label) || t.label("type", code);
  if (!change) return <>{name(before)}</>;
  const part = (code: string): TicketChange =>
    own.some((one) => one.code === code) ? { own_type: code } : { type: code as TicketType, own_type: "" };
  return (
    <Select<string>
      size="small"
      className="fact-select"
      aria-label={t("ticket.type")}
      value={before}
      options={[
        ...TYPES.map((one) => ({ value: one as string, label: t.label("type", one) })),
        ...own
          .filter((one) => one.active || one.code === before)
          .map((one) => ({ value: one.code, label: text(one.label) })),
      ]}
      onChange={(code) => change(part(code), part(before))}
    />
  );
}
