import { get, patch, post, request, segment } from "./client";
import type { Query } from "./client";
import type {
  AuditEntry,
  BulkChange,
  BulkReport,
  Duplicate,
  OpenTicket,
  Page,
  TagCount,
  Ticket,
  TicketChange,
  TicketFile,
  TicketForms,
  TicketPaper,
} from "./types";

const at = (number: string, act = ""): string => `/v1/tickets/${segment(number)}${act}`;

export const tickets = (query: Query, signal?: AbortSignal): Promise<Page<Ticket>> =>
  get("/v1/tickets", query, signal);
export const ticket = (number: string): Promise<TicketFile> => get(at(number));
export const ticketForms = (): Promise<TicketForms> => get("/v1/tickets/forms");

export const openTicket = (body: OpenTicket, key: string): Promise<Ticket> =>
  post("/v1/tickets", body, key);
export const changeTicket = (
  number: string,
  change: TicketChange,
  version: number,
): Promise<Ticket> => patch(at(number), { ...change, version });

/** What is said when a ticket takes a step. */
export interface Step {
  state: string;
  reason: string;
  resolution?: string;
  cause?: string;
}

export const moveTicket = (number: string, step: Step, version: number): Promise<Ticket> =>
  post(at(number, "/move"), { ...step, version });
export const commentTicket = (
  number: string,
  text: string,
  visible: boolean,
  key: string,
): Promise<Ticket> => post(at(number, "/comments"), { text, public: visible }, key);

export const tagTicket = (number: string, add: string[], remove: string[]): Promise<Ticket> =>
  post(at(number, "/tags"), { add, remove });
export const watchTicket = (number: string, on: boolean): Promise<Ticket> =>
  post(at(number, on ? "/watch" : "/unwatch"));
export const mergeTicket = (
  number: string,
  body: { into: string; reason: string },
  version: number | undefined,
  key: string,
): Promise<Ticket> => post(at(number, "/merge"), { ...body, version }, key);
export const unmergeTicket = (number: string, reason: string, key: string): Promise<Ticket> =>
  post(at(number, "/unmerge"), { reason }, key);
export const splitTicket = (
  number: string,
  body: { title: string; description: string; lines: number[]; as_child: boolean },
  key: string,
): Promise<Ticket> => post(at(number, "/split"), body, key);
export const linkTicket = (
  number: string,
  body: { kind: string; target: string; remove?: boolean },
): Promise<Ticket> => post(at(number, "/links"), body);
export const confirmTicket = (
  number: string,
  body: { by: string; note: string },
  key: string,
): Promise<Ticket> => post(at(number, "/confirm"), body, key);
export const reopenTicket = (number: string, reason: string, key: string): Promise<Ticket> =>
  post(at(number, "/reopen"), { reason }, key);
export const duplicatesOf = (number: string): Promise<Duplicate[]> =>
  get(at(number, "/duplicates"));
/** Tickets that one about to be opened may repeat. */
export const wouldRepeat = (
  draft: { title?: string; serial?: string; customer_id?: string; error_code?: string[] },
  signal?: AbortSignal,
): Promise<Duplicate[]> => get("/v1/tickets/duplicates", draft, signal);
export const ticketTags = (): Promise<TagCount[]> => get("/v1/tickets/tags");
export const adoptTickets = (number: string, numbers: string[], key: string): Promise<Ticket[]> =>
  post(at(number, "/children"), { numbers }, key);
export const ticketAudit = (
  number: string,
  cursor: string | null,
): Promise<Page<AuditEntry>> => get(at(number, "/audit"), { cursor });

export function attach(
  number: string,
  file: File,
  visible: boolean,
  key: string,
): Promise<TicketPaper> {
  const form = new FormData();
  form.append("file", file);
  form.append("public", String(visible));
  return request("POST", at(number, "/attachments"), { form, idempotencyKey: key });
}

export const changeTickets = (
  numbers: string[],
  change: Partial<BulkChange>,
  key: string,
): Promise<BulkReport> => post("/v1/tickets/bulk", { numbers, change }, key);
