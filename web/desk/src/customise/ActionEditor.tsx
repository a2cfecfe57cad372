import { Checkbox, Input, InputNumber, Select } from "antd";
import type { ReactNode } from "react";
import { useColleagues } from "../app/presence";
import type { RuleAction, RuleCatalog, Texts } from "../api/customise";
import { PRIORITIES, TYPES } from "../tickets/terms";
import { useWords } from "../i18n/LanguageProvider";
import { LabelInput } from "./LabelInput";
import { useOwnTypes, useText } from "./ownFields";
import { factOf } from "./ruleWords";

const ROLES = ["agent", "engineer", "dispatcher", "manager", "editor", "evaluator", "admin"] as const;
const FIRST: Record<string, Record<string, unknown>> = {
  assign: { to: "least_busy", role: "agent" },
  set_field: { field: "ticket.component", value: "" },
  set_priority: { priority: "high" },
  tag: { add: [], remove: [] },
  comment: { text: "" },
  notify: { text: "", role: "manager", severity: "info" },
  send_message: { text: {} },
  send_mail: { to: "contact", subject: {}, text: {} },
  open_ticket: { title: "", type: "request", priority: "normal", below: true },
  call_back: { reason: "", minutes: 60 },
  webhook: { data: {} },
};

export const firstAction = (code: string): RuleAction => ({ do: code, ...FIRST[code] });

interface Props {
  action: RuleAction;
  onChange: (action: RuleAction) => void;
  catalog: RuleCatalog;
}

/** One action: what is done, and with what. */
export function ActionEditor({ action, onChange, catalog }: Props) {
  const { t } = useWords();
  const text = useText();
  return (
    <div className="action-editor">
      <Select
        size="small"
        className="action-verb"
        aria-label={t("rule.action")}
        value={action.do}
        options={catalog.actions.map((one) => ({ value: one.do, label: text(one.label) }))}
        onChange={(code) => onChange(firstAction(code))}
      />
      <div className="action-fields">
        <Fields action={action} onChange={onChange} catalog={catalog} />
      </div>
    </div>
  );
}

function Fields({ action, onChange, catalog }: Props): ReactNode {
  const { t } = useWords();
  const people = useColleagues().map((one) => ({ value: one.id, label: one.name }));
  const ownTypes = useOwnTypes();
  const label = useText();
  const set = (part: Record<string, unknown>) => onChange({ ...action, ...part });
  const said = (name: string): string => (typeof action[name] === "string" ? (action[name] as string) : "");
  const roles = ROLES.map((value) => ({ value: value as string, label: t.label("role", value) }));
  const text = (name: string, title: string, area = false) => {
    const Field = area ? Input.TextArea : Input;
    return (
      <Field
        key={name}
        size="small"
        aria-label={title}
        placeholder={title}
        value={said(name)}
        onChange={(event) => set({ [name]: event.target.value })}
      />
    );
  };
  const pick = (name: string, title: string, options: { value: string; label: string }[], clear = false) => (
    <Select<string>
      key={name}
      size="small"
      allowClear={clear}
      aria-label={title}
      placeholder={title}
      showSearch={{ optionFilterProp: "label" }}
      value={said(name) || undefined}
      options={options}
      onChange={(value?: string) => set({ [name]: value ?? null })}
    />
  );
  const texts = (name: string, title: string, area = false) => (
    <label key={name} className="labelled-line">
      {title}
      <LabelInput max={area ? 5000 : 200} area={area} value={(action[name] ?? {}) as Texts} onChange={(next) => set({ [name]: kept(next) })} />
    </label>
  );
  const tags = (name: string, title: string) => (
    <Select<string[]>
      key={name}
      size="small"
      mode="tags"
      open={false}
      suffixIcon={null}
      aria-label={title}
      placeholder={title}
      value={(action[name] as string[] | undefined) ?? []}
      onChange={(next) => set({ [name]: next })}
    />
  );
  const priorities = PRIORITIES.map((value) => ({ value: value as string, label: t.label("priority", value) }));
  switch (action.do) {
    case "assign":
      return (
        <>
          {pick("to", t("rule.toWhom"), ["person", "least_busy", "queue", "engineer"].map((value) => ({ value, label: t.label("assignTo", value) })))}
          {action.to === "person" && pick("user_id", t("ticket.assignee"), people)}
          {action.to === "least_busy" && pick("role", t("rule.role"), roles)}
          {action.to === "engineer" && text("engineer", t("ticket.engineer"))}
        </>
      );
    case "set_field": {
      const settable = catalog.fields.filter((one) => one.settable);
      const fact = factOf(catalog, said("field"));
      const options = (fact?.options ?? []).map((one) => ({ value: one.value, label: label(one.label) }));
      return (
        <>
          {pick("field", t("rule.field"), settable.map((one) => ({ value: one.name, label: label(one.label) })))}
          {fact?.kind === "boolean" ? (
            <Select<string>
              size="small"
              aria-label={t("rule.value")}
              value={typeof action.value === "boolean" ? String(action.value) : undefined}
              options={[
                { value: "true", label: t("state.yes") },
                { value: "false", label: t("state.no") },
              ]}
              onChange={(value) => set({ value: value === "true" })}
            />
          ) : fact?.kind === "number" ? (
            <InputNumber size="small" aria-label={t("rule.value")} value={action.value as number} onChange={(value) => set({ value })} />
          ) : fact?.kind === "list" ? (
            <Select<string[]> size="small" mode="multiple" aria-label={t("rule.value")} value={(action.value as string[]) ?? []} options={options} onChange={(value) => set({ value })} />
          ) : options.length ? (
            pick("value", t("rule.value"), options, true)
          ) : (
            text("value", t("rule.value"))
          )}
        </>
      );
    }
    case "set_priority":
      return pick("priority", t("ticket.priority"), priorities);
    case "tag":
      return [tags("add", t("rule.tagsOn")), tags("remove", t("rule.tagsOff"))];
    case "comment":
      return text("text", t("rule.text"), true);
    case "notify":
      return (
        <>
          {text("text", t("rule.text"), true)}
          {pick("role", t("rule.role"), roles, true)}
          <Select<string[]>
            size="small"
            mode="multiple"
            aria-label={t("rule.people")}
            placeholder={t("rule.people")}
            showSearch={{ optionFilterProp: "label" }}
            value={(action.user_ids as string[] | undefined) ?? []}
            options={people}
            onChange={(user_ids) => set({ user_ids })}
          />
          <Checkbox checked={!!action.assignee} onChange={(event) => set({ assignee: event.target.checked })}>
            {t("rule.assigneeToo")}
          </Checkbox>
        </>
      );
    case "send_message":
      return texts("text", t("rule.text"), true);
    case "send_mail":
      return (
        <>
          {pick("to", t("rule.toWhom"), ["contact", "assignee", "address"].map((value) => ({ value, label: t.label("mailTo", value) })))}
          {action.to === "address" && text("address", t("login.email"))}
          {texts("subject", t("rule.subject"))}
          {texts("text", t("rule.text"), true)}
        </>
      );
    case "open_ticket":
      return (
        <>
          {text("title", t("ticket.title"))}
          {text("description", t("ticket.description"), true)}
          <Select<string>
            size="small"
            aria-label={t("ticket.type")}
            value={said("own_type") || said("type")}
            options={[
              ...TYPES.map((value) => ({ value: value as string, label: t.label("type", value) })),
              ...ownTypes.map((one) => ({ value: one.code, label: label(one.label) })),
            ]}
            onChange={(code) => {
              const own = ownTypes.find((one) => one.code === code);
              set(own ? { own_type: code, type: own.base } : { own_type: "", type: code });
            }}
          />
          {pick("priority", t("ticket.priority"), priorities)}
          <Checkbox checked={!!action.below} onChange={(event) => set({ below: event.target.checked })}>
            {t("rule.below")}
          </Checkbox>
        </>
      );
    case "call_back":
      return (
        <>
          {text("reason", t("rule.reason"), true)}
          <InputNumber size="small" min={1} aria-label={t("rule.withinMinutes")} suffix={t("rule.minutes")} value={action.minutes as number} onChange={(minutes) => set({ minutes })} />
          {pick("user_id", t("rule.whoseTask"), people, true)}
        </>
      );
    default:
      return <Pairs value={(action.data ?? {}) as Texts} onChange={(data) => set({ data })} />;
  }
}

const kept = (texts: Texts): Texts =>
  Object.fromEntries(Object.entries(texts).filter(([, one]) => one.trim() !== ""));

/** What a webhook is told: a name and a text on each line. */
function Pairs({ value, onChange }: { value: Texts; onChange: (value: Texts) => void }) {
  const { t } = useWords();
  const lines = Object.entries(value).map(([name, text]) => `${name}: ${text}`).join("\n");
  return (
    <Input.TextArea
      size="small"
      autoSize={{ minRows: 2, maxRows: 8 }}
      aria-label={t("rule.webhookData")}
      placeholder={t("rule.webhookHint")}
      defaultValue={lines}
      onChange={(event) =>
        onChange(
          Object.fromEntries(
            event.target.value
              .split("\n")
              .map((line) => line.split(/:\s?(.*)/s))
              .filter(([name]) => name?.trim())
              .map(([name = "", text = ""]) => [name.trim(), text]),
          ),
        )
      }
    />
  );
}
