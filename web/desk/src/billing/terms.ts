import type { CostLine } from "../api/billing";
import type { Key } from "../i18n/catalogue";
import type { Money } from "../ui/money";

/** The parts of billing, as tabs and in the palette. */
export const BILLING_TABS: { to: string; title: Key; end?: boolean }[] = [
  { to: "/billing", title: "billing.summary", end: true },
  { to: "/billing/quotes", title: "billing.quotes" },
  { to: "/billing/invoices", title: "billing.invoices" },
  { to: "/billing/price-lists", title: "billing.priceLists" },
  { to: "/billing/rates", title: "billing.rates" },
];
export const QUOTE_STATES = [
  "draft", "waiting_approval", "released", "sent", "approved", "rejected", "expired", "withdrawn",
] as const;
export const INVOICE_STATES = ["draft", "issued", "cancelled", "discarded"] as const;
export const BEARERS = ["warranty", "contract", "goodwill", "customer"] as const;
export const GROUPS = ["model", "customer", "engineer", "cause", "kind", "month", "ticket"] as const;
export const ITEM_KINDS = ["part", "labour", "travel_time", "travel_km", "call_out", "fixed"] as const;
export const HOURS = ["", "normal", "overtime", "night", "holiday"] as const;
export const PAPER_LANGUAGES = ["zh", "en", "es", "de", "fr"] as const;
export const CURRENCIES = ["CNY", "EUR", "USD", "JPY", "GBP", "BRL", "MXN"] as const;

export const quotePath = (number: string): string => `/billing/quotes/${encodeURIComponent(number)}`;
export const invoicePath = (id: string): string => `/billing/invoices/${encodeURIComponent(id)}`;
export const priceListPath = (code: string): string =>
  `/billing/price-lists/${encodeURIComponent(code)}`;

/** Minutes are shown as minutes; what is priced by the hour says so. */
export const isTimed = (kind: string): boolean => kind === "labour" || kind === "travel_time";

/** Digits of a share, 0 to 100, of one amount in another; for the length of a bar alone. */
export const shareOf = (part: string, whole: string): number => {
  const all = Number(whole);
  return all > 0 ? Math.max(0, Math.min(100, (Number(part) / all) * 100)) : 0;
};

export const money = (amount: string, currency: string): Money => ({ amount, currency });

/** Lines of a ticket by kind, in the order in which a bill lists them. */
export function byKind(lines: CostLine[]): [string, CostLine[]][] {
  const found = new Map<string, CostLine[]>();
  for (const line of lines) found.set(line.kind, [...(found.get(line.kind) ?? []), line]);
  return [...found];
}

/** Where a span of days lies between a first and a last one, in percent from the left. */
export function spanOf(
  from: string,
  until: string | null | undefined,
  first: string,
  last: string,
): { left: number; width: number } {
  const day = (value: string) => Date.parse(`${value}T00:00:00Z`);
  const whole = Math.max(1, day(last) - day(first));
  const left = Math.max(0, ((day(from) - day(first)) / whole) * 100);
  const right = until ? Math.min(100, ((day(until) - day(first)) / whole) * 100) : 100;
  return { left: Math.min(left, 99), width: Math.max(1, right - left) };
}

export const todayText = (): string => new Date().toISOString().slice(0, 10);
export const dayFrom = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
