export interface CoverSpan {
  kind: string;
  label: string;
  /** First and last day, both covered. */
  from: string;
  until: string;
}

export interface PlacedSpan extends CoverSpan {
  /** Place on the bar, 0 to 1. */
  start: number;
  end: number;
  over: boolean;
}

export interface CoverBar {
  from: string;
  until: string;
  spans: PlacedSpan[];
  /** Where today lies, 0 to 1. */
  today: number;
  years: { year: number; at: number }[];
}

const DAY_MS = 86_400_000;
const at = (day: string): number => Date.parse(`${day.slice(0, 10)}T00:00:00Z`);
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Lay spans of cover on one bar, from the first day of any to the last; today is always on it. */
export function coverBar(spans: CoverSpan[], today: string): CoverBar | null {
  const valid = spans.filter((one) => at(one.from) <= at(one.until));
  if (valid.length === 0) return null;
  const now = at(today) + DAY_MS / 2;
  const from = Math.min(at(today), ...valid.map((one) => at(one.from)));
  const until = Math.max(at(today), ...valid.map((one) => at(one.until))) + DAY_MS;
  const place = (ms: number): number => (ms - from) / (until - from);
  const first = new Date(from).getUTCFullYear() + 1;
  const last = new Date(until).getUTCFullYear();
  return {
    from: dayOf(from),
    until: dayOf(until - DAY_MS),
    spans: valid.map((one) => ({
      ...one,
      start: place(at(one.from)),
      end: place(at(one.until) + DAY_MS),
      over: at(one.until) + DAY_MS <= now,
    })),
    today: place(now),
    years: Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => ({
      year: first + index,
      at: place(Date.UTC(first + index, 0, 1)),
    })),
  };
}
