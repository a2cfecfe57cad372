/** What is planned with stock: reservations, transfers, requests, counts, replenishment. */
import type { MovedPart, ReceiptLine } from "./stock";
import { get, post, segment } from "./client";
import type { Query } from "./client";
import type {
  Count,
  PartRequest,
  Proposal,
  Reservation,
  Reserved,
  Transfer,
} from "./stockTypes";
import type { Page } from "./types";

const BASE = "/v1/stock";
type Versioned = { version?: number };

export const reservations = (query: Query, signal?: AbortSignal): Promise<Page<Reservation>> =>
  get(`${BASE}/reservations`, query, signal);
export const reserveParts = (
  body: {
    location: string;
    purpose: { type: string; number: string };
    lines: { part: string; quantity: number; lot: string; serial: string }[];
    due_at: string | null;
  },
  key: string,
): Promise<Reserved> => post(`${BASE}/reservations`, body, key);
export const releaseReservation = (id: string, reason: string, key: string): Promise<Reservation> =>
  post(`${BASE}/reservations/${segment(id)}/release`, { reason }, key);

const transferAt = (id: string, act = ""): string => `${BASE}/transfers/${segment(id)}${act}`;
export const transfers = (query: Query, signal?: AbortSignal): Promise<Page<Transfer>> =>
  get(`${BASE}/transfers`, query, signal);
export const transfer = (id: string): Promise<Transfer> => get(transferAt(id));
export const createTransfer = (
  body: {
    source: string;
    target: string;
    lines: MovedPart[];
    expected_at: string | null;
    note: string;
    ship: boolean;
  },
  key: string,
): Promise<Transfer> => post(`${BASE}/transfers`, body, key);
export const shipTransfer = (id: string, body: Versioned, key: string): Promise<Transfer> =>
  post(transferAt(id, "/ship"), body, key);
export interface ArrivedLine {
  line_id: string;
  received: number;
  lost: number;
  reason: string;
}
export const receiveTransfer = (
  id: string,
  body: Versioned & { lines: ArrivedLine[] },
  key: string,
): Promise<Transfer> => post(transferAt(id, "/receive"), body, key);
export const cancelTransfer = (
  id: string,
  body: Versioned & { reason: string },
  key: string,
): Promise<Transfer> => post(transferAt(id, "/cancel"), body, key);

const requestAt = (id: string, act = ""): string => `${BASE}/requests/${segment(id)}${act}`;
export const partRequests = (query: Query, signal?: AbortSignal): Promise<Page<PartRequest>> =>
  get(`${BASE}/requests`, query, signal);
export const partRequest = (id: string): Promise<PartRequest> => get(requestAt(id));
export const createRequest = (
  body: {
    location: string;
    source: string;
    purpose: { type: string; number: string };
    lines: { part: string; quantity: number }[];
    needed_by: string | null;
    note: string;
  },
  key: string,
): Promise<PartRequest> => post(`${BASE}/requests`, body, key);

/** A step of a request that needs no more than a reason. */
export type RequestStep = "submit" | "approve" | "reject" | "pick" | "cancel";
export const stepRequest = (
  id: string,
  step: RequestStep,
  body: Versioned & { reason?: string; source?: string },
  key: string,
): Promise<PartRequest> => post(requestAt(id, `/${step}`), body, key);
export const fulfilRequest = (
  id: string,
  body: Versioned & { receipt: ReceiptLine[] | null; expected_at: string | null },
  key: string,
): Promise<PartRequest> => post(requestAt(id, "/fulfil"), body, key);

const countAt = (id: string, act = ""): string => `${BASE}/counts/${segment(id)}${act}`;
export const counts = (query: Query, signal?: AbortSignal): Promise<Page<Count>> =>
  get(`${BASE}/counts`, query, signal);
export const count = (id: string): Promise<Count> => get(countAt(id));
export const startCount = (
  body: { location: string; parts: string[] | null; blind: boolean; note: string },
  key: string,
): Promise<Count> => post(`${BASE}/counts`, body, key);
export interface CountedLine {
  part: string;
  quantity: number;
  lot: string;
  condition: string;
  serials: string[];
}
export const enterCount = (id: string, lines: CountedLine[], key: string): Promise<Count> =>
  post(countAt(id, "/lines"), { lines }, key);
export const closeCount = (
  id: string,
  body: Versioned & { uncounted_is_zero: boolean; cancel: boolean; reason: string },
  key: string,
): Promise<Count> => post(countAt(id, "/close"), body, key);

export const proposal = (location = ""): Promise<Proposal> =>
  get(`${BASE}/replenishment`, { location });
export const makeRequests = (
  body: { location: string; parts: string[] | null },
  key: string,
): Promise<{ requests: PartRequest[] }> => post(`${BASE}/replenishment`, body, key);
