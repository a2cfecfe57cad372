import { useWords } from "../i18n/LanguageProvider";

const DEPTH = 4;

/** Codes that have a label: the field's name and the group of its labels. */
const LABELLED: Record<string, string> = {
  decision: "decision",
  intent: "intent",
  handoff_reason: "handoff",
  urgency: "priority",
};

/** Any recorded value, readable: lists as lists, objects as pairs, shares as per cent. */
export function TraceValue(props: { name: string; value: unknown; depth?: number }) {
  const { name, value, depth = 0 } = props;
  const { t, f } = useWords();
  if (value === null || value === undefined || value === "") return <i>{t("state.none")}</i>;
  if (typeof value === "boolean") return <>{value ? t("state.yes") : t("state.no")}</>;
  if (typeof value === "number") {
    const share = /confidence|probability|score/.test(name) && value >= 0 && value <= 1;
    return <>{share ? `${f.number(value * 100, 1)} %` : f.number(value, 3)}</>;
  }
  if (typeof value === "string") {
    const group = LABELLED[name];
    return <>{group ? t.label(group, value) : value}</>;
  }
  if (depth >= DEPTH) return <code>{JSON.stringify(value)}</code>;
  if (Array.isArray(value)) {
    if (value.length === 0) return <i>{t("state.none")}</i>;
    return (
      <ul>
        {value.map((one, index) => (
          <li key={index}>
            <TraceValue name={name} value={one} depth={depth + 1} />
          </li>
        ))}
      </ul>
    );
  }
  return (
    <dl>
      {Object.entries(value as Record<string, unknown>).map(([key, inner]) => (
        <div key={key}>
          <dt>{t.label("trace", key)}</dt>
          <dd>
            <TraceValue name={key} value={inner} depth={depth + 1} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
