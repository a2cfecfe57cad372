import { get, patch, post, segment } from "./client";
import type { OpenTicket, Page, Ticket, TicketChange, TicketFile } from "./types";

export interface TicketQuery {
  q?: string;
  state?: string[];
  priority?: string[];
  assignee_id?: string;
  customer_id?: string;
  serial?: string;
}

const at = (number: string, act = ""): string => `/v1/tickets/${segment(number)}${act}`;

export const tickets = (
  query: TicketQuery & { cursor?: string | null; limit?: number },
  signal?: AbortSignal,
): Promise<Page<Ticket>> => get("/v1/tickets", { ...query }, signal);

export const ticket = (number: string): Promise<TicketFile> => get(at(number));
export const openTicket = (body: OpenTicket, key: string): Promise<Ticket> =>
  post("/v1/tickets", body, key);
export const changeTicket = (
  number: string,
  change: TicketChange,
  version: number,
): Promise<Ticket> => patch(at(number), { ...change, version });
export const moveTicket = (
  number: string,
  state: string,
  reason: string,
  version: number,
): Promise<Ticket> => post(at(number, "/move"), { state, reason, version });
export const commentTicket = (
  number: string,
  text: string,
  visible: boolean,
  key: string,
): Promise<Ticket> => post(at(number, "/comments"), { text, public: visible }, key);
