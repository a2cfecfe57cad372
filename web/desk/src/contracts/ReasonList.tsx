import type { Reason } from "../api/contracts";
import type { Key, Translator } from "../i18n/catalogue";
import type { Formats } from "../i18n/format";
import { useWords } from "../i18n/LanguageProvider";

const DAYS = new Set(["until", "begins_on", "replaced_on"]);

/** One coded sentence in the reader's language; in English, as it came, where that lacks it. */
export function reasonText(reason: Reason, t: Translator, f: Pick<Formats, "date">): string {
  const params = Object.fromEntries(
    Object.entries(reason.args).map(([name, value]) => {
      const text = String(value);
      if (DAYS.has(name)) return [name, f.date(text)];
      return [name, name === "what" || name === "kind" ? t.label("coverage", text) : text];
    }),
  );
  const text = t(`reason.${reason.code}` as Key, params);
  return text === `reason.${reason.code}` || /\{\w+\}/.test(text) ? reason.text : text;
}

/** Why somebody bears a service, sentence by sentence. */
export function ReasonList({ reasons }: { reasons: Reason[] }) {
  const { t, f } = useWords();
  return (
    <ol className="reasons">
      {reasons.map((reason, index) => (
        <li key={`${reason.code}-${index}`}>{reasonText(reason, t, f)}</li>
      ))}
    </ol>
  );
}
