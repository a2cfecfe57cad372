import type { Reason } from "../api/dispatch";
import { fill } from "../i18n/catalogue";
import { useWords } from "../i18n/LanguageProvider";

const INSTANTS = new Set(["from", "until"]);

/** A coded sentence in the reader's language; one that the desk does not know stands as it came. */
export function useReasonText(): (reason: Pick<Reason, "code" | "text" | "args">) => string {
  const { t, f } = useWords();
  const shown = (name: string, value: unknown): string => {
    if (Array.isArray(value)) return value.join(", ");
    if (name === "language") return f.languageName(String(value));
    if (name === "minutes" && typeof value === "number") return lengthText(value, f.locale);
    if (!INSTANTS.has(name) || typeof value !== "string" || !value) return String(value ?? "");
    return value.includes("T") ? f.dateTime(value) : f.date(value);
  };
  return ({ code, text, args }) => {
    const sentence = t.label("dispatchReason", code);
    if (sentence === code.replaceAll("_", " ")) return text;
    const values = Object.entries(args ?? {}).map(([name, value]) => [name, shown(name, value)]);
    return fill(sentence, Object.fromEntries(values) as Record<string, string>);
  };
}

/** Minutes as a person says them: "45 min", "13 hr 48 min". */
export function lengthText(minutes: number, locale: string): string {
  const unit = (value: number, name: "hour" | "minute") =>
    new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "short" }).format(value);
  const whole = Math.round(minutes);
  if (whole < 60) return unit(whole, "minute");
  const rest = whole % 60;
  return [unit(Math.floor(whole / 60), "hour"), rest ? unit(rest, "minute") : ""].filter(Boolean).join(" ");
}

/** Reasons as a list; the sign says whether they speak for or against. */
export function ReasonList({ reasons }: { reasons: Reason[] }) {
  const text = useReasonText();
  const { t } = useWords();
  if (reasons.length === 0) return null;
  return (
    <ul className="reasons">
      {reasons.map((one, at) => (
        <li key={`${one.code}-${at}`} data-weight={one.weight} title={t.label("reasonWeight", one.weight ?? "info")}>
          {text(one)}
        </li>
      ))}
    </ul>
  );
}
