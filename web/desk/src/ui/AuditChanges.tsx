import type { AuditEntry } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";

type RowChange = AuditEntry["changes"][number];

const LONGEST = 240;

/** A stored value as text; long ones are cut, as the record itself holds them whole. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text;
}

/** What an act has written: table, column, before and after. */
export function AuditChanges({ changes }: { changes: RowChange[] }) {
  const { t } = useWords();
  if (changes.length === 0) return null;
  return (
    <div className="audit-changes">
      {changes.map((row) => (
        <table key={`${row.table}-${row.id}`}>
          <caption>{row.table.replaceAll("_", " ")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("audit.column")}</th>
              <th scope="col">{t("audit.before")}</th>
              <th scope="col">{t("audit.after")}</th>
            </tr>
          </thead>
          <tbody>
            {row.columns.map((one) => (
              <tr key={one.column}>
                <th scope="row">{one.column}</th>
                <td>{valueText(one.before)}</td>
                <td>{valueText(one.after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}
