/** The ledger of the stock: what lies where, and every act that moves it. */
import { get, patch, post, put, segment } from "./client";
import type { Query } from "./client";
import type {
  Balance,
  Condition,
  Cost,
  Move,
  Posted,
  Scanned,
  StockLocation,
  StockOverview,
  StockPart,
  StockPartFile,
  StockProof,
  StockRules,
} from "./stockTypes";
import type { Page } from "./types";

const BASE = "/v1/stock";

export const stockOverview = (): Promise<StockOverview> => get(`${BASE}/overview`);
export const stockProof = (): Promise<StockProof> => get(`${BASE}/verify`);

/** All locations, those above before those below; closed ones only when asked for. */
export const allLocations = (
  query: { q?: string; level?: string; inactive?: boolean } = {},
  signal?: AbortSignal,
): Promise<StockLocation[]> => get(`${BASE}/locations`, query, signal);
export const stockLocation = (code: string): Promise<StockLocation> =>
  get(`${BASE}/locations/${segment(code)}`);

export interface LocationChange {
  level?: string;
  name?: string;
  parent?: string;
  engineer?: string;
  active?: boolean;
  version?: number;
}
export const putLocation = (code: string, change: LocationChange): Promise<StockLocation> =>
  put(`${BASE}/locations/${segment(code)}`, change);
export const setLevels = (
  code: string,
  part: string,
  levels: { minimum: number | null; maximum: number | null; bin: string },
): Promise<Balance> => put(`${BASE}/locations/${segment(code)}/parts/${segment(part)}`, levels);

export const stockParts = (query: Query, signal?: AbortSignal): Promise<Page<StockPart>> =>
  get(`${BASE}/parts`, query, signal);
export const stockPart = (part: string): Promise<StockPartFile> =>
  get(`${BASE}/parts/${segment(part)}`);
export const describePart = (
  part: string,
  change: { gtin?: string; unit?: string; tracking?: string; version?: number },
): Promise<StockPart> => patch(`${BASE}/parts/${segment(part)}`, change);
export const putSubstitute = (rule: {
  part: string;
  substitute: string;
  both_ways: boolean;
  note: string;
  drop?: boolean;
}): Promise<unknown> => put(`${BASE}/substitutes`, rule);

export const balances = (query: Query, signal?: AbortSignal): Promise<Page<Balance>> =>
  get(`${BASE}/balances`, query, signal);
export const moves = (query: Query, signal?: AbortSignal): Promise<Page<Move>> =>
  get(`${BASE}/moves`, query, signal);
export const scan = (code: string): Promise<Scanned> => get(`${BASE}/scan`, { code });

export const stockRules = (): Promise<StockRules> => get(`${BASE}/rules`);
export const setStockRules = (rules: {
  own_approval: boolean;
  second_approval_above: Cost | null;
  reservation_hours: number;
}): Promise<StockRules> => put(`${BASE}/rules`, rules);

export interface MovedPart {
  part: string;
  quantity: number;
  lot: string;
  serial: string;
  condition: Condition;
  /** Reservation whose pieces go; only a transfer knows it. */
  reservation_id?: string;
}
export interface ReceiptLine {
  part: string;
  quantity: number;
  lot: string;
  serials: string[];
  expires_on: string | null;
  unit_cost: Cost | null;
}

export const receiveParts = (
  body: { location: string; supplier: string; document: string; lines: ReceiptLine[] },
  key: string,
): Promise<Posted> => post(`${BASE}/receipts`, body, key);
export const issueParts = (
  body: {
    location: string;
    to: string;
    ticket: string;
    work_order: string;
    reason: string;
    lines: MovedPart[];
  },
  key: string,
): Promise<Posted> => post(`${BASE}/issues`, body, key);
export const returnPart = (
  body: MovedPart & { location: string; ticket: string; work_order: string; reason: string },
  key: string,
): Promise<Posted> => post(`${BASE}/returns`, body, key);
export const scrapPart = (
  body: MovedPart & { location: string; reason: string },
  key: string,
): Promise<Posted> => post(`${BASE}/scraps`, body, key);
export const reverseMove = (id: string, reason: string, key: string): Promise<Posted> =>
  post(`${BASE}/moves/${segment(id)}/reverse`, { reason }, key);
