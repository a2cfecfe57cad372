import type { Key } from "../i18n/catalogue";

/** The parts of the stock, as tabs and in the palette; `scope`: for whom. */
export const STOCK_TABS: { to: string; title: Key; end?: boolean; scope?: string }[] = [
  { to: "/stock", title: "stock.overview", end: true },
  { to: "/stock/parts", title: "stock.parts" },
  { to: "/stock/balances", title: "stock.balances" },
  { to: "/stock/locations", title: "stock.locations" },
  { to: "/stock/requests", title: "stock.requests" },
  { to: "/stock/transfers", title: "stock.transfers" },
  { to: "/stock/reservations", title: "stock.reservations" },
  { to: "/stock/counts", title: "stock.counts" },
  { to: "/stock/moves", title: "stock.moves" },
  { to: "/stock/replenishment", title: "stock.replenishment" },
];

export const LEVELS = ["centre", "region", "depot", "van"] as const;
export const CONDITIONS = ["good", "defective"] as const;
export const REQUEST_STATES = [
  "draft", "submitted", "approved", "picking", "in_transit", "fulfilled", "rejected", "cancelled",
] as const;
export const TRANSFER_STATES = ["draft", "in_transit", "received", "cancelled"] as const;
export const RESERVATION_STATES = ["active", "consumed", "released", "expired"] as const;
export const COUNT_STATES = ["open", "closed", "cancelled"] as const;
export const PURPOSES = ["ticket", "work_order", "request", "other"] as const;
/** Where parts come from and go to that are not counted as ours. */
export const ACCOUNTS = [
  "supplier", "customer", "scrap", "transit", "adjustment", "discrepancy",
] as const;

export const partPath = (part: string): string => `/stock/parts/${encodeURIComponent(part)}`;
export const locationPath = (code: string): string => `/stock/locations/${encodeURIComponent(code)}`;
export const countPath = (count: string): string => `/stock/counts/${encodeURIComponent(count)}`;

/** The name of a part in the reader's language, else in English, else any. */
export const partName = (names: Record<string, string>, language: string): string =>
  names[language] ?? names.en ?? Object.values(names)[0] ?? "";
export const TRACKING = ["none", "lot", "serial"] as const;
export const MOVE_KINDS = [
  "receive", "issue", "use", "return", "scrap", "ship", "arrive", "lose", "ship_back", "count",
  "opening", "reversal",
] as const;
