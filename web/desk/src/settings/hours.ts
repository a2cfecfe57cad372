export type Weekly = Record<string, [string, string][]>;
export const DAYS = ["0", "1", "2", "3", "4", "5", "6"] as const;

const TIME = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** What is wrong with the spans of a day; null when nothing is. */
export function spansFault(spans: [string, string][]): "time" | "order" | "overlap" | null {
  if (spans.some(([from, to]) => !TIME.test(from) || !TIME.test(to))) return "time";
  if (spans.some(([from, to]) => from >= to)) return "order";
  const sorted = [...spans].sort(([a], [b]) => a.localeCompare(b));
  const overlaps = sorted.some(([from], index) => index > 0 && from < (sorted[index - 1]?.[1] ?? ""));
  return overlaps ? "overlap" : null;
}

/** "9:5" and "0905" as people type them become "09:05"; anything else stays as it is. */
export function tidyTime(text: string): string {
  const match = /^(\d{1,2})[:：.]?(\d{2})$/.exec(text.trim());
  return match ? `${(match[1] ?? "").padStart(2, "0")}:${match[2]}` : text.trim();
}

/** Days without spans are left out, spans are in their order. */
export const tidyWeekly = (weekly: Weekly): Weekly =>
  Object.fromEntries(
    Object.entries(weekly)
      .filter(([, spans]) => spans.length > 0)
      .map(([day, spans]) => [day, [...spans].sort(([a], [b]) => a.localeCompare(b))]),
  );
