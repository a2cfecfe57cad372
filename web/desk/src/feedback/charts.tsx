import type { ReactNode } from "react";
import type { Scores } from "../api/feedback";
import { useWords } from "../i18n/LanguageProvider";

export interface Point {
  key: string;
  label: string;
  value: number | null;
  /** Stands below, such as how many answers it rests on. */
  of: string;
}

interface Props {
  points: Point[];
  low: number;
  high: number;
  /** A line to reach. */
  goal?: number;
  name: string;
  show: (value: number) => string;
}

/** Bars by month. From zero, or from the middle where values may be negative. */
export function MonthBars({ points, low, high, goal, name, show }: Props) {
  const span = high - low;
  const place = (value: number): number => 100 - ((value - low) / span) * 100;
  const ground = place(Math.max(low, 0));
  const step = 100 / Math.max(points.length, 1);
  return (
    <figure className="bars">
      <div className="bars-plot" role="img" aria-label={`${name}: ${spoken(points, show)}`}>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden>
          {[low, (low + high) / 2, high].map((at) => (
            <line key={at} x1="0" x2="100" y1={place(at)} y2={place(at)} className="bars-grid" />
          ))}
          {points.map(({ key, value }, index) =>
            value === null ? null : (
              <rect
                key={key}
                x={index * step + step * 0.2}
                width={step * 0.6}
                y={Math.min(place(value), ground)}
                height={Math.max(Math.abs(place(value) - ground), 0.6)}
                className={goal === undefined || value >= goal ? "bar bar-good" : "bar"}
              />
            ),
          )}
          {goal !== undefined && <line x1="0" x2="100" y1={place(goal)} y2={place(goal)} className="bars-goal" />}
        </svg>
      </div>
      <ol className="bars-axis" style={{ gridTemplateColumns: `repeat(${points.length || 1}, minmax(0, 1fr))` }}>
        {points.map((one) => (
          <li key={one.key}>
            <strong className="figures">{one.value === null ? "–" : show(one.value)}</strong>
            <span>{one.label}</span>
            <small className="quiet figures">{one.of}</small>
          </li>
        ))}
      </ol>
    </figure>
  );
}

const spoken = (points: Point[], show: (value: number) => string): string =>
  points.map(({ label, value }) => `${label} ${value === null ? "–" : show(value)}`).join(", ");

/** Shares of answers by score, as lines with their counts. */
export function Spread({ counts, scores, tone }: { counts: Record<string, number>; scores: number[]; tone: (score: number) => string }) {
  const { f } = useWords();
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <ul className="spread">
      {scores.map((score) => {
        const count = counts[String(score)] ?? 0;
        const share = total ? count / total : 0;
        return (
          <li key={score}>
            <span className="figures">{score}</span>
            <span className="share-track" aria-hidden>
              <span data-tone={tone(score)} style={{ inlineSize: `${share * 100}%` }} />
            </span>
            <span className="figures nowrap">
              {f.number(count)} <small className="quiet">{f.number(share * 100, 0)} %</small>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** One group a line: how many were asked, how many answered, and what they said. */
export function GroupTable({ rows, head, linkOf }: { rows: Scores[]; head: string; linkOf: (row: Scores) => ReactNode }) {
  const { t, f } = useWords();
  if (rows.length === 0) return <p className="quiet">{t("feedback.nothingYet")}</p>;
  return (
    <div className="scroll-x">
      <table className="book-table group-table">
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col">{t("feedback.csat")}</th>
            <th scope="col">{t("feedback.nps")}</th>
            <th scope="col">{t("feedback.answered")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{linkOf(row)}</th>
              <td className="figures">
                {typeof row.csat === "number" ? f.number(row.csat, 2) : "–"} <small className="quiet">n={f.number(row.csat_count ?? 0)}</small>
              </td>
              <td className="figures">{typeof row.nps === "number" ? signed(row.nps) : "–"}</td>
              <td className="figures">
                {f.number(row.answered ?? 0)}/{f.number(row.sent ?? 0)}{" "}
                <small className="quiet">{typeof row.response_rate === "number" ? `${f.number(row.response_rate * 100, 0)} %` : ""}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export const signed = (value: number): string => (value > 0 ? `+${value}` : String(value));
