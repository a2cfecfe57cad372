import { del, get, patch, post, put, request, segment } from "./client";
import type { Query } from "./client";
import type { Page } from "./types";

export const SUBJECTS = ["ticket", "customer", "contact", "asset", "contract", "work_order"] as const;
export type Subject = (typeof SUBJECTS)[number];
export const FIELD_TYPES = [
  "text", "long_text", "number", "date", "datetime", "boolean", "choice", "multi_choice", "link",
  "email", "phone",
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];
/** A text by language. */
export type Texts = Record<string, string>;
export type OwnValue = string | number | boolean | string[] | null;
export type OwnValues = Record<string, OwnValue>;

export interface FieldOption {
  id: string;
  label: Texts;
  retired: boolean;
}

/** What a field is besides its key. */
export interface FieldFacts {
  label: Texts;
  help: Texts;
  type: FieldType;
  required: boolean;
  default: OwnValue;
  options: FieldOption[];
  unit: string;
  decimals: number | null;
  low: number | null;
  high: number | null;
  earliest: string | null;
  latest: string | null;
  min_chars: number | null;
  max_chars: number | null;
  pattern: string;
  searchable: boolean;
  in_list: boolean;
  public: boolean;
  active: boolean;
}

export interface OwnField extends FieldFacts {
  id: string;
  object: Subject;
  key: string;
  position: number;
  version: number;
}

export interface FieldChanged {
  field: OwnField;
  converted: number;
  lost: number;
  lost_values: { object_id: string; value: OwnValue; reason: string }[];
}

export interface FormItem {
  field: string;
  required: boolean;
  required_in: string[];
  shown_when: { field: string; values: (string | boolean)[] } | null;
}
export interface FormSection {
  title: Texts;
  fields: FormItem[];
}
export interface OwnForm {
  ticket_type: string;
  own: boolean;
  version: number;
  sections: FormSection[];
}
export interface OwnType {
  code: string;
  base: string;
  label: Texts;
  priority: string;
  position: number;
  active: boolean;
  version: number;
}

export const ownFields = (): Promise<{ items: OwnField[] }> => get("/v1/custom/fields");
export const addField = (
  body: Partial<FieldFacts> & { object: Subject; key: string },
  key: string,
): Promise<OwnField> => post("/v1/custom/fields", body, key);
export const changeField = (
  id: string,
  body: Partial<FieldFacts> & { version?: number; migrate?: boolean },
): Promise<FieldChanged> => patch(`/v1/custom/fields/${segment(id)}`, body);
export const orderFields = (object: Subject, ids: string[]): Promise<{ items: OwnField[] }> =>
  put("/v1/custom/fields/order", { object, ids });
export const ownForms = (): Promise<{ items: OwnForm[] }> => get("/v1/custom/forms");
export const saveForm = (body: Omit<OwnForm, "own">): Promise<OwnForm> => put("/v1/custom/forms", body);
export const ownTypes = (): Promise<{ items: OwnType[] }> => get("/v1/custom/ticket-types");
export const saveType = (body: OwnType): Promise<OwnType> => put("/v1/custom/ticket-types", body);

export const setCustomerValues = (
  id: string,
  custom: OwnValues,
  version?: number,
): Promise<unknown> => patch(`/v1/customers/${segment(id)}`, { custom, version });
export const setDeviceValues = (serial: string, custom: OwnValues, version: number): Promise<unknown> =>
  patch(`/v1/assets/${segment(serial)}`, { custom, version });
export const setContractValues = (
  number: string,
  custom: OwnValues,
  version: number,
): Promise<unknown> => patch(`/v1/contracts/${segment(number)}`, { custom, version });
export const setContactValues = (id: string, custom: OwnValues): Promise<unknown> =>
  patch(`/v1/contacts/${segment(id)}`, { custom });
export const setVisitValues = (
  number: string,
  custom: OwnValues,
  version: number,
  key: string,
): Promise<unknown> =>
  request("PATCH", `/v1/work-orders/${segment(number)}`, {
    body: { custom, version },
    idempotencyKey: key,
  });

export interface Compare {
  field: string;
  op: string;
  value?: unknown;
}
export interface Group {
  all?: Condition[];
  any?: Condition[];
}
export interface Negated {
  not: Condition;
}
export type Condition = Compare | Group | Negated;

export interface RuleAction extends Record<string, unknown> {
  do: string;
}
export interface RuleFacts {
  name: string;
  note: string;
  when: { trigger: string; field?: string | null; minutes?: number };
  if: Condition;
  then: RuleAction[];
  stop_processing: boolean;
  max_per_hour: number;
}
export interface Rule extends RuleFacts {
  id: string;
  active: boolean;
  position: number;
  revision: number;
  version: number;
  stopped_reason: string;
  acted: number;
  failed: number;
  last_acted_at: string | null;
}
export interface Truth {
  kind: "all" | "any" | "not" | "test";
  holds: boolean;
  field: string;
  op: string;
  value: unknown;
  found: unknown;
  parts: Truth[];
}
export interface Run {
  id: string;
  rule_id: string;
  rule_name: string;
  revision: number;
  trigger: string;
  object_label: string;
  depth: number;
  matched: boolean;
  truth: Truth;
  acts: { do: string; state: "done" | "skipped" | "failed"; told: string; tool: string; arguments: Record<string, unknown> }[];
  changes: { table: string; id: string; columns: Record<string, [unknown, unknown]> }[];
  error: string;
  milliseconds: number;
  at: string;
}
export interface RuleFact {
  name: string;
  kind: string;
  label: Texts;
  options: { value: string; label: Texts }[];
  settable: boolean;
  timed: boolean;
}
export interface RuleCatalog {
  triggers: { code: string; label: Texts; subject: string; fields: string[] }[];
  fields: RuleFact[];
  operators: Record<string, { op: string; label: Texts; needs: string }[]>;
  actions: { do: string; label: Texts; needs_ticket: boolean }[];
  max_depth: number;
  max_actions: number;
}
export interface Revision {
  revision: number;
  at: string;
  actor: string;
  rule: RuleFacts;
}

const at = (id: string, act = ""): string => `/v1/rules/${segment(id)}${act}`;
export const rules = (): Promise<{ items: Rule[] }> => get("/v1/rules");
export const ruleCatalog = (): Promise<RuleCatalog> => get("/v1/rules/catalog");
export const createRule = (body: RuleFacts & { active: boolean }, key: string): Promise<Rule> =>
  post("/v1/rules", body, key);
export const changeRule = (
  id: string,
  body: Partial<RuleFacts> & { active?: boolean; version?: number },
): Promise<Rule> => patch(at(id), body);
export const copyRule = (id: string, key: string): Promise<Rule> => post(at(id, "/copy"), {}, key);
export const deleteRule = (id: string): Promise<Rule> => del(at(id));
export const orderRules = (ids: string[]): Promise<{ items: Rule[] }> => put("/v1/rules/order", { ids });
export const testRule = (body: {
  rule?: RuleFacts;
  rule_id?: string;
  ticket?: string;
  recent?: number;
}): Promise<{ runs: Run[] }> => post("/v1/rules/test", body);
export const ruleLog = (query: Query, signal?: AbortSignal): Promise<Page<Run>> =>
  get("/v1/rules/log", query, signal);
export const ruleVersions = (id: string): Promise<{ items: Revision[] }> => get(at(id, "/versions"));
export const restoreRule = (id: string, revision: number): Promise<Rule> =>
  post(at(id, "/restore"), { revision });
