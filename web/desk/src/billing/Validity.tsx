import { useWords } from "../i18n/LanguageProvider";
import { spanOf } from "./terms";

export interface Span {
  key: string;
  name: string;
  label: string;
  from: string;
  until: string | null | undefined;
  state?: string;
}

/** When each of several things holds, on a common scale of days; those of one name share a line. */
export function Validity({ spans, today, label }: { spans: Span[]; today: string; label: string }) {
  const { t, f } = useWords();
  if (spans.length === 0) return null;
  const starts = spans.map((one) => one.from).sort();
  const ends = spans.map((one) => one.until ?? today).sort();
  const first = starts[0] ?? today;
  const last = [ends.at(-1) ?? today, `${Number(today.slice(0, 4)) + 1}-01-01`].sort().at(-1) ?? today;
  const now = spanOf(today, today, first, last).left;
  return (
    <figure className="validity" aria-label={label}>
      <ol>
        {byName(spans).map(([name, mine]) => (
          <li key={name}>
            <span className="validity-name">{name}</span>
            <span className="validity-line">
              {mine.map((one) => {
                const { left, width } = spanOf(one.from, one.until, first, last);
                return (
                  <i
                    key={one.key}
                    data-state={one.state}
                    style={{ insetInlineStart: `${left}%`, inlineSize: `${width}%` }}
                    title={`${f.date(one.from)} – ${f.date(one.until) || t("price.open")}`}
                  >
                    {one.label}
                  </i>
                );
              })}
              <b style={{ insetInlineStart: `${now}%` }} aria-hidden />
            </span>
          </li>
        ))}
      </ol>
      <figcaption className="quiet figures">
        <span>{f.date(first)}</span>
        <span>{t("price.today", { day: f.date(today) })}</span>
        <span>{f.date(last)}</span>
      </figcaption>
    </figure>
  );
}

function byName(spans: Span[]): [string, Span[]][] {
  const found = new Map<string, Span[]>();
  for (const one of spans) found.set(one.name, [...(found.get(one.name) ?? []), one]);
  return [...found];
}
