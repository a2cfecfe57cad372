import type { Priority, TicketState, TicketType } from "../api/types";

/** The words of the ticket's life, in their order. */
export const STATES = [
  "new", "assigned", "in_progress", "waiting_customer", "waiting_parts", "resolved", "closed",
  "cancelled", "merged",
] as const satisfies TicketState[];
export const OPEN_STATES = STATES.slice(0, 5);
export const PRIORITIES = ["critical", "high", "normal", "low"] as const satisfies Priority[];
export const TYPES = [
  "incident", "request", "installation", "maintenance", "return", "complaint",
] as const satisfies TicketType[];
export const DUE_STATES = ["ok", "warning", "breached", "none"] as const;
/** Orders of the backend, the usual one first. */
export const SORTS = ["newest", "due", "updated", "priority"] as const;

const place = (list: readonly string[], value: string): number => {
  const at = list.indexOf(value);
  return at < 0 ? list.length : at;
};
export const byState = (a: string, b: string): number => place(STATES, a) - place(STATES, b);
/** The most urgent first. */
export const byPriority = (a: string, b: string): number =>
  place(PRIORITIES, a) - place(PRIORITIES, b);
