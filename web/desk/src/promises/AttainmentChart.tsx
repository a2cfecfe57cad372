import type { Attainment } from "../api/promises";
import { useWords } from "../i18n/LanguageProvider";

/** The share that a month should reach. */
export const GOAL_PERCENT = 95;

interface Bar {
  month: string;
  x: number;
  width: number;
  /** Height of the bar, 0 to 100. */
  height: number | null;
  good: boolean;
}

/** Bars from zero, one a month, in the order of time; a month without an end has none. */
export function barsOf(months: Pick<Attainment, "month" | "percent">[]): Bar[] {
  const ordered = [...months].sort((a, b) => a.month.localeCompare(b.month));
  const step = 100 / Math.max(ordered.length, 1);
  return ordered.map(({ month, percent }, index) => ({
    month,
    x: index * step + step * 0.2,
    width: step * 0.6,
    height: percent,
    good: percent !== null && percent >= GOAL_PERCENT,
  }));
}

/** How many of the promises that ended in each month were kept, against the goal. */
export function AttainmentChart({ months }: { months: Attainment[] }) {
  const { t, f } = useWords();
  const bars = barsOf(months);
  const byMonth = new Map(months.map((one) => [one.month, one]));
  const name = (month: string) =>
    new Intl.DateTimeFormat(f.locale, { month: "short", timeZone: "UTC" }).format(
      new Date(`${month}-01T00:00:00Z`),
    );
  return (
    <figure className="bars">
      <div className="bars-plot" role="img" aria-label={t("promises.chart", { goal: GOAL_PERCENT })}>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden>
          {[0, 50, 100].map((at) => (
            <line key={at} x1="0" x2="100" y1={100 - at} y2={100 - at} className="bars-grid" />
          ))}
          {bars.map(
            (bar) =>
              bar.height !== null && (
                <rect
                  key={bar.month}
                  x={bar.x}
                  y={100 - bar.height}
                  width={bar.width}
                  height={bar.height}
                  className={bar.good ? "bar bar-good" : "bar"}
                />
              ),
          )}
          <line x1="0" x2="100" y1={100 - GOAL_PERCENT} y2={100 - GOAL_PERCENT} className="bars-goal" />
        </svg>
      </div>
      <ol className="bars-axis" style={{ gridTemplateColumns: `repeat(${bars.length || 1}, 1fr)` }}>
        {bars.map((bar) => {
          const one = byMonth.get(bar.month);
          return (
            <li key={bar.month}>
              <strong className="figures">{bar.height === null ? "–" : `${f.number(bar.height, 0)} %`}</strong>
              <span>{name(bar.month)}</span>
              <small className="quiet figures">
                {one && one.ended > 0 ? `${f.number(one.kept)}/${f.number(one.ended)}` : t("promises.noEnds")}
              </small>
            </li>
          );
        })}
      </ol>
      <figcaption className="quiet">{t("promises.goal", { goal: GOAL_PERCENT })}</figcaption>
    </figure>
  );
}
