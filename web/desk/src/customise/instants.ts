import type { OwnValue } from "../api/customise";

const two = (part: number): string => String(part).padStart(2, "0");

/** An instant as the clock of this browser shows it, for `datetime-local`. */
export function utcToLocal(value: OwnValue | undefined): string {
  const at = typeof value === "string" && value ? new Date(value) : null;
  if (!at || Number.isNaN(at.getTime())) return "";
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** What was typed into `datetime-local`, as an instant in UTC; null for nothing. */
export function localToUtc(typed: string): string | null {
  const at = typed ? new Date(typed) : null;
  return at && !Number.isNaN(at.getTime()) ? at.toISOString() : null;
}
