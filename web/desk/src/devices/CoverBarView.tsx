import { useWords } from "../i18n/LanguageProvider";
import type { CoverBar } from "./coverBar";

const LANE = 22;
const TOP = 4;

/** Warranty and contracts of a device over time, one lane each, with today on it. */
export function CoverBarView({ bar }: { bar: CoverBar }) {
  const { t, f } = useWords();
  const floor = TOP + bar.spans.length * LANE;
  const x = (place: number): string => `${Math.round(place * 10_000) / 100}%`;
  return (
    <figure className="cover-bar">
      <svg height={floor + 16} role="img" aria-label={t("device.coverBar")}>
        {bar.years.map(({ year, at }) => (
          <g key={year} className="cover-year">
            <line x1={x(at)} x2={x(at)} y1={0} y2={floor} />
            <text
              x={x(at)}
              dx={at > 0.95 ? -3 : 3}
              textAnchor={at > 0.95 ? "end" : "start"}
              y={floor + 12}
            >
              {year}
            </text>
          </g>
        ))}
        {bar.spans.map((span, lane) => {
          const late = span.start > 0.7;
          return (
            <g key={`${span.kind}-${span.label}-${span.from}`} data-kind={span.kind} data-over={span.over}>
              <title>{`${span.label}: ${f.date(span.from)} – ${f.date(span.until)}`}</title>
              <rect x={x(span.start)} y={TOP + lane * LANE} width={x(span.end - span.start)} height={LANE - 6} rx={4} />
              <text
                className="cover-label"
                x={x(span.start)}
                dx={late ? -6 : 8}
                textAnchor={late ? "end" : "start"}
                y={TOP + lane * LANE + 12}
              >
                {`${span.label} · ${f.date(span.until)}`}
              </text>
            </g>
          );
        })}
        <line className="cover-today" x1={x(bar.today)} x2={x(bar.today)} y1={0} y2={floor}>
          <title>{t("device.today")}</title>
        </line>
      </svg>
    </figure>
  );
}
