import { fromZone, ownZone } from "../../ui/zoned";

type Values = Record<string, unknown>;

const blank = (value: unknown): boolean => value === undefined || value === null || value === "";

/** Only what was filled in is sent; a time of day as an instant. */
export function bodyOf(values: Values): Values {
  const facts = Object.entries(values).flatMap(([name, value]) => {
    if (blank(value)) return [];
    if (name === "happened_at" && typeof value === "string") return [[name, instantOf(value)]];
    if (name === "next_visit" && typeof value === "object") {
      const next = bodyOf(value as Values);
      return Object.keys(next).length > 0 ? [[name, next]] : [];
    }
    return [[name, typeof value === "string" ? value.trim() : value]];
  });
  return Object.fromEntries(facts) as Values;
}

const instantOf = (local: string): string => fromZone(local, ownZone());

/** Whether a reading lies within its limits; null where it has none. */
export function withinLimits(value: number, low: number | null, high: number | null): boolean | null {
  if (low === null && high === null) return null;
  return (low === null || value >= low) && (high === null || value <= high);
}

/** A result that needs a word why one more visit is needed. */
export const needsRepeatReason = (result: string | undefined): boolean =>
  !!result && result !== "solved";
