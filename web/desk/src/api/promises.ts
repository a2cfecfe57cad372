import { get, post, request, segment } from "./client";
import type { components } from "./schema";
import type { Page } from "./types";

type Schemas = components["schemas"];
export type Policy = Schemas["PolicyView"];
export type PolicyFacts = Schemas["CreatePolicy"];
export type Target = Schemas["SlaTarget"];
export type EscalationStep = NonNullable<Schemas["CreatePolicy"]["steps"]>[number];
export type Clock = Schemas["ClockView"];
export type TicketClocks = Schemas["TicketClocks"];
export type SlaEvent = Schemas["SlaEventView"];
export type SlaOverview = Schemas["SlaOverview"];
export type Attainment = Schemas["Attainment"];
export type Calendar = Schemas["CalendarView"];
export type CalendarFacts = Schemas["CreateCalendar"];
export type CalendarDay = Schemas["CalendarDay"];
export type WorkingSpan = Schemas["WorkingSpan"];

/** The whole record as it shall be, based on a version. */
const replace = <T>(path: string, body: unknown, version: number | undefined, key: string) =>
  request<T>("PUT", path, { body: { ...(body as object), version }, idempotencyKey: key });

export const overview = (months: number): Promise<SlaOverview> =>
  get("/v1/sla/overview", { months });
export const slaEvents = (
  query: { cursor?: string | null; limit?: number; ticket?: string },
  signal?: AbortSignal,
): Promise<Page<SlaEvent>> => get("/v1/sla/events", query, signal);
export const ticketClocks = (number: string): Promise<TicketClocks> =>
  get(`/v1/tickets/${segment(number)}/clocks`);
export const replan = (number: string, key: string): Promise<TicketClocks> =>
  post(`/v1/tickets/${segment(number)}/clocks/replan`, {}, key);

export const policies = async (): Promise<Policy[]> =>
  (await get<Page<Policy>>("/v1/sla/policies", { limit: 200 })).items;
export const createPolicy = (body: PolicyFacts, key: string): Promise<Policy> =>
  post("/v1/sla/policies", body, key);
export const replacePolicy = (
  id: string,
  body: PolicyFacts,
  version: number | undefined,
  key: string,
): Promise<Policy> => replace(`/v1/sla/policies/${segment(id)}`, body, version, key);

export const calendars = async (): Promise<Calendar[]> =>
  (await get<Page<Calendar>>("/v1/calendars", { limit: 200 })).items;
export const createCalendar = (body: CalendarFacts, key: string): Promise<Calendar> =>
  post("/v1/calendars", body, key);
export const replaceCalendar = (
  id: string,
  body: CalendarFacts,
  version: number | undefined,
  key: string,
): Promise<Calendar> => replace(`/v1/calendars/${segment(id)}`, body, version, key);
export const calendarDays = (id: string, from: string, until: string): Promise<CalendarDay[]> =>
  get(`/v1/calendars/${segment(id)}/days`, { from, until });
export const workingSpan = (id: string, start: string, minutes: number): Promise<WorkingSpan> =>
  get(`/v1/calendars/${segment(id)}/due`, { start, minutes });
