import type { Query } from "../api/client";

export const WHENS = ["today", "tomorrow", "week", "past"] as const;

/** The bounds of a span of days around now, by the reader's calendar. */
export function boundsOf(when: string, now: Date): { window_from?: string; window_until?: string } {
  const day = (plus: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + plus).toISOString();
  if (when === "today") return { window_from: day(0), window_until: day(1) };
  if (when === "tomorrow") return { window_from: day(1), window_until: day(2) };
  if (when === "week") return { window_from: day(0), window_until: day(7) };
  if (when === "past") return { window_until: day(0) };
  return {};
}

/** “Today” and the like become instants when the list is asked, so that a saved view stays right. */
export function askVisits(query: Query): Query {
  const { when, ...rest } = query;
  const value = [when].flat()[0];
  return typeof value === "string" ? { ...rest, ...boundsOf(value, new Date()) } : rest;
}

/** The same for the export, whose list of visits calls the bounds `from` and `until`. */
export function askVisitExport(query: Query): Query {
  const { window_from, window_until, ...rest } = askVisits(query);
  return { ...rest, from: window_from, until: window_until };
}
