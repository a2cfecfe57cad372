import type { Compare, Condition, Group, Negated, RuleAction, RuleCatalog, RuleFacts } from "../api/customise";
import type { Texts } from "../api/customise";
import type { Translator } from "../i18n/catalogue";

export const isCompare = (one: Condition): one is Compare => "field" in one;
export const isNot = (one: Condition): one is Negated => "not" in one;
export const isGroup = (one: Condition): one is Group => "all" in one || "any" in one;
export const partsOf = (one: Group): Condition[] => one.all ?? one.any ?? [];

interface Reader {
  catalog: RuleCatalog;
  text: (texts: Texts | undefined) => string;
  t: Translator;
  nameOf: (userId: string) => string;
}

export const factOf = (catalog: RuleCatalog, name: string) =>
  catalog.fields.find((one) => one.name === name);

const listed = (items: string[], word: string): string =>
  items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} ${word} ${items.at(-1)}`;

function valueWords({ catalog, text, t }: Reader, name: string, value: unknown): string {
  const fact = factOf(catalog, name);
  const one = (part: unknown): string =>
    typeof part === "boolean"
      ? t(part ? "state.yes" : "state.no")
      : text(fact?.options.find((option) => option.value === part)?.label) || String(part ?? "");
  return Array.isArray(value) ? value.map(one).join(", ") : one(value);
}

/** A condition as a person would say it. */
export function conditionWords(condition: Condition, reader: Reader): string {
  const { catalog, text, t } = reader;
  if (isCompare(condition)) {
    const fact = factOf(catalog, condition.field);
    const operator = (catalog.operators[fact?.kind ?? "text"] ?? []).find((one) => one.op === condition.op);
    const value = operator?.needs === "nothing" ? "" : valueWords(reader, condition.field, condition.value);
    return [text(fact?.label) || condition.field, text(operator?.label) || condition.op, value && `“${value}”`]
      .filter(Boolean)
      .join(" ");
  }
  if (isNot(condition)) return `${t("rule.not")} (${conditionWords(condition.not, reader)})`;
  const parts = partsOf(condition).map((one) =>
    isGroup(one) && partsOf(one).length > 1 ? `(${conditionWords(one, reader)})` : conditionWords(one, reader),
  );
  return listed(parts, condition.any ? t("rule.or") : t("rule.and"));
}

/** What an action does, in a few words. */
export function actionWords(action: RuleAction, { catalog, text, t, nameOf }: Reader): string {
  const verb = text(catalog.actions.find((one) => one.do === action.do)?.label) || action.do;
  const said = (value: unknown): string => (typeof value === "string" ? value : "");
  switch (action.do) {
    case "assign": {
      const whom =
        action.to === "person"
          ? nameOf(said(action.user_id))
          : action.to === "least_busy"
            ? t("rule.leastBusyOf", { role: t.label("role", said(action.role)) })
            : action.to === "engineer"
              ? said(action.engineer)
              : t("rule.toQueue");
      return `${verb}: ${whom}`;
    }
    case "set_priority":
      return `${verb}: ${t.label("priority", said(action.priority))}`;
    case "set_field": {
      const fact = factOf(catalog, said(action.field));
      const label = text(fact?.options.find((one) => one.value === action.value)?.label);
      return `${verb}: ${text(fact?.label) || said(action.field)} = ${label || String(action.value ?? "–")}`;
    }
    case "tag":
      return `${verb}: ${[
        ...((action.add as string[] | undefined) ?? []).map((one) => `+${one}`),
        ...((action.remove as string[] | undefined) ?? []).map((one) => `−${one}`),
      ].join(" ")}`;
    case "open_ticket":
      return `${verb}: “${said(action.title)}”`;
    case "send_mail":
      return `${verb} → ${action.to === "address" ? said(action.address) : t.label("mailTo", said(action.to))}`;
    case "notify":
      return `${verb}: “${said(action.text)}”`;
    case "comment":
      return `${verb}: “${said(action.text)}”`;
    case "call_back":
      return `${verb}: “${said(action.reason)}”`;
    default:
      return verb;
  }
}

/** When a rule looks, with its time where it has one. */
export function whenWords(rule: RuleFacts, { catalog, text, t }: Reader): string {
  if (rule.when.trigger !== "time") {
    return text(catalog.triggers.find((one) => one.code === rule.when.trigger)?.label) || rule.when.trigger;
  }
  const minutes = rule.when.minutes ?? 0;
  const field = text(factOf(catalog, rule.when.field ?? "")?.label) || (rule.when.field ?? "…");
  return t(minutes < 0 ? "rule.minutesBefore" : "rule.minutesAfter", { count: Math.abs(minutes), field });
}

export const alwaysTrue = (condition: Condition): boolean =>
  isGroup(condition) && !!condition.all && condition.all.length === 0;
