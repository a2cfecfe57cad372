import type { Visit } from "../api/visits";

const MINUTE = 60_000;

/** Minutes between check-in and check-out; null where one of them is missing. */
export function onSiteMinutes({ check_in, check_out }: Pick<Visit, "check_in" | "check_out">): number | null {
  if (!check_in || !check_out) return null;
  return Math.max(0, Math.round((new Date(check_out.at).getTime() - new Date(check_in.at).getTime()) / MINUTE));
}

export interface Metrics {
  visits: number;
  /** Of first visits, the share that solved the matter; null without any. */
  firstTime: number | null;
  solved: number | null;
  /** Mean minutes on site and on the way; null where nothing is known. */
  onSite: number | null;
  travel: number | null;
  /** Of promised windows, the share in which the engineer arrived before the end. */
  onTime: number | null;
}

type Ended = Pick<Visit, "visit" | "result" | "check_in" | "check_out" | "travel_minutes" | "window">;

const mean = (values: readonly number[]): number | null =>
  values.length ? Math.round(values.reduce((sum, one) => sum + one, 0) / values.length) : null;
const share = (part: number, whole: number): number | null => (whole ? part / whole : null);

/** The figures of an engineer's own ended visits. */
export function metricsOf(visits: readonly Ended[]): Metrics {
  const first = visits.filter((one) => one.visit === 1);
  const promised = visits.filter((one) => one.window.promised && one.check_in);
  const isSolved = (one: Ended): boolean => one.result === "solved";
  return {
    visits: visits.length,
    firstTime: share(first.filter(isSolved).length, first.length),
    solved: share(visits.filter(isSolved).length, visits.length),
    onSite: mean(visits.map(onSiteMinutes).filter((one) => one !== null)),
    travel: mean(visits.map((one) => one.travel_minutes).filter((one) => one > 0)),
    onTime: share(
      promised.filter((one) => new Date(one.check_in?.at ?? 0) <= new Date(one.window.until)).length,
      promised.length,
    ),
  };
}
