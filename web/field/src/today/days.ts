export const SPANS = ["today", "tomorrow", "week"] as const;
export type Span = (typeof SPANS)[number];

/** Midnight of the device's day, `days` from now. */
export function midnight(now: Date, days = 0): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
}

/** From when until when a list reaches, in the device's days. */
export function reach(span: Span, now: Date): { from: Date; until: Date } {
  if (span === "today") return { from: midnight(now), until: midnight(now, 1) };
  if (span === "tomorrow") return { from: midnight(now, 1), until: midnight(now, 2) };
  return { from: midnight(now), until: midnight(now, 7) };
}

interface Timed {
  start: string;
}

/** The visits of each day of the device, in the order they came. */
export function byDay<T extends Timed>(items: readonly T[]): [day: string, items: T[]][] {
  const days = new Map<string, T[]>();
  for (const one of items) {
    const day = midnight(new Date(one.start)).toISOString();
    days.set(day, [...(days.get(day) ?? []), one]);
  }
  return [...days];
}
