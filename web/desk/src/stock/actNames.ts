import type { Key } from "../i18n/catalogue";

/** The acts on stock and the right that each needs; their dialogs are loaded with the stock pages. */
export const STOCK_ACT_NAMES = [
  { name: "receive", title: "stock.receive", scope: "stock:move" },
  { name: "issue", title: "stock.issue", scope: "stock:move" },
  { name: "transfer", title: "stock.send", scope: "stock:move" },
  { name: "return", title: "stock.return", scope: "stock:move" },
  { name: "request", title: "stock.request", scope: "stock:request" },
  { name: "reserve", title: "stock.reserve", scope: "stock:request" },
  { name: "count", title: "stock.count", scope: "stock:move" },
  { name: "scrap", title: "stock.scrap", scope: "stock:move" },
] as const satisfies { name: string; title: Key; scope: string }[];

export type StockActName = (typeof STOCK_ACT_NAMES)[number]["name"];
