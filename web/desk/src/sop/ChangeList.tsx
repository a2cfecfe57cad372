import { useWords } from "../i18n/LanguageProvider";
import { LanguageTag } from "../ui/LanguageTag";
import type { Change, Content } from "./api";
import { inLanguage } from "./terms";

interface Props {
  changes: Change[];
  content: Content | null;
  old: Content | null;
}

type Titled = { title?: Record<string, string> };

/** Differences by step: what was added, removed, moved and changed, before and after. */
export function ChangeList({ changes, content, old }: Props) {
  const { t, language } = useWords();
  if (changes.length === 0) return <p className="quiet">{t("sop.noChanges")}</p>;
  const title = (change: Change): string => {
    if (!change.step) return t("sop.head");
    const whole = (change.after ?? change.before) as Titled | null;
    const found =
      [...(content?.steps ?? []), ...(old?.steps ?? [])].find((one) => one.id === change.step)?.title ??
      (typeof whole === "object" ? whole?.title : undefined);
    return inLanguage(found, language) || change.step;
  };
  return (
    <ul className="changes">
      {changes.map((change, index) => (
        <li key={index} data-change={change.kind}>
          <header>
            <span className="tag" data-change={change.kind}>
              {t.label("sopChange", change.kind)}
            </span>
            <strong>{title(change)}</strong>
            {change.field && <span className="quiet">{t.label("sopField", change.field)}</span>}
            {change.language && <LanguageTag code={change.language} />}
          </header>
          {change.kind === "moved" && (
            <p className="quiet">{t("sop.movedFromTo", { from: String(change.before), to: String(change.after) })}</p>
          )}
          {change.kind === "changed" && (
            <p className="change-pair">
              <del>{told(change.before)}</del>
              <ins>{told(change.after)}</ins>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

/** A value of a procedure in a line. */
function told(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (Array.isArray(value)) return value.map(told).join(", ") || "–";
  if (typeof value === "object") {
    return Object.entries(value)
      .filter(([, one]) => one !== null && one !== "")
      .map(([name, one]) => `${name}: ${told(one)}`)
      .join(", ");
  }
  return String(value);
}
