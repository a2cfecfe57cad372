import type { ContractChanges, ContractFile, CoverageLine, NewContract } from "../api/contracts";

/** A coverage line as its form holds it; its limit is in the currency of the contract. */
export interface LineValues {
  what: CoverageLine["what"];
  share?: number;
  visits?: number | null;
  limit_amount?: string | null;
  limit_currency?: string;
  parts?: string[];
  note?: string;
}

/** A contract as its form holds it. */
export interface ContractValues {
  customer_id?: string;
  number?: string;
  plan?: string;
  starts_on?: string;
  ends_on?: string;
  amount?: string | null;
  currency?: string;
  price_period?: "once" | "month" | "quarter" | "year";
  sla_policy?: string;
  calendar?: string;
  response_hours?: number | null;
  onsite_hours?: number | null;
  notice_days?: number;
  covers_all?: boolean;
  note?: string;
  draft?: boolean;
  lines: LineValues[];
}

export const NEW_CONTRACT: ContractValues = {
  price_period: "year",
  notice_days: 30,
  lines: [{ what: "labour", share: 100 }],
};

export const valuesOf = ({ contract: one, lines }: ContractFile): ContractValues => ({
  plan: one.plan,
  starts_on: one.starts_on ?? "",
  ends_on: one.ends_on ?? "",
  amount: one.price?.amount,
  currency: one.price?.currency,
  price_period: one.price_period as ContractValues["price_period"],
  sla_policy: one.sla_policy || undefined,
  calendar: one.calendar || undefined,
  response_hours: one.response_hours,
  onsite_hours: one.onsite_hours,
  notice_days: one.notice_days,
  covers_all: one.covers_all,
  note: one.note,
  lines: lines.map((line) => ({
    what: line.what,
    share: line.share,
    visits: line.visits,
    limit_amount: line.limit?.amount,
    limit_currency: line.limit?.currency,
    parts: line.parts,
    note: line.note,
  })),
});

const priced = (amount: string | null | undefined, currency: string | undefined) =>
  amount && currency?.trim() ? { amount, currency: currency.trim().toUpperCase() } : null;

const lineOf = (line: LineValues, currency: string | undefined): CoverageLine => ({
  what: line.what,
  share: line.share ?? 100,
  visits: line.visits ?? null,
  limit: priced(line.limit_amount, line.limit_currency || currency),
  parts: line.parts ?? [],
  note: line.note ?? "",
});

/** What of the form is a contract's own; an emptied day, number or price is cleared. */
export function changesOf(values: ContractValues): ContractChanges {
  return {
    plan: values.plan?.trim() ?? "",
    starts_on: values.starts_on || null,
    ends_on: values.ends_on || null,
    price: priced(values.amount, values.currency),
    price_period: values.price_period,
    sla_policy: values.sla_policy ?? "",
    calendar: values.calendar ?? "",
    response_hours: values.response_hours ?? null,
    onsite_hours: values.onsite_hours ?? null,
    notice_days: values.notice_days ?? 30,
    covers_all: values.covers_all ?? false,
    note: values.note?.trim() ?? "",
    lines: values.lines.map((line) => lineOf(line, values.currency)),
  };
}

/** A new contract out of the form. */
export const newOf = (values: ContractValues): NewContract =>
  ({
    ...changesOf(values),
    customer_id: values.customer_id ?? "",
    number: values.number?.trim() || null,
    draft: values.draft ?? false,
  }) as NewContract;
