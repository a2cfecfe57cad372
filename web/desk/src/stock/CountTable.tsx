import { InputNumber } from "antd";
import type { CountedLine } from "../api/stockDocuments";
import type { CountLine } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { PartLink } from "./bits";

interface Props {
  rows: { key: string; line: CountLine; changed: boolean }[];
  open: boolean;
  blind: boolean;
  /** What the parts are called, by number. */
  names: Record<string, string>;
  onChange: (line: CountedLine) => void;
}

/** The lines of a count; Enter goes to the next field, as on the number block. */
export function CountTable({ rows, open, blind, names, onChange }: Props) {
  const { t } = useWords();
  if (rows.length === 0) return <EmptyState title={t("count.noLines")} hint={t("count.noLinesHint")} />;
  return (
    <div className="plain-scroll">
      <table
        className="plain-table count-table"
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
          event.preventDefault();
          const fields = [...event.currentTarget.querySelectorAll("input")];
          fields[fields.indexOf(event.target) + 1]?.focus();
        }}
      >
        <thead>
          <tr>
            <th>{t("stock.part")}</th>
            <th>{t("stock.lot")}</th>
            <th>{t("stock.condition")}</th>
            {!blind && <th className="end">{t("count.expected")}</th>}
            <th className="end">{t("count.counted")}</th>
            {!blind && <th className="end">{t("count.difference")}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, line, changed }) => (
            <tr key={key} data-changed={changed}>
              <td>
                <PartLink part={line.part} /> <span>{names[line.part]}</span>
                {line.serials.length > 0 && <small className="quiet">{line.serials.join(", ")}</small>}
              </td>
              <td>{line.lot}</td>
              <td>{t.label("condition", line.condition)}</td>
              {!blind && <td className="end figures">{line.expected ?? ""}</td>}
              <td className="end">
                {open ? (
                  <InputNumber
                    min={0}
                    max={1_000_000}
                    precision={0}
                    controls={false}
                    value={line.counted}
                    aria-label={t("count.countedOf", { part: line.part, lot: line.lot })}
                    onChange={(quantity) => {
                      if (quantity === null || quantity === line.counted) return;
                      const { part, lot, condition, serials } = line;
                      onChange({ part, lot, condition, serials, quantity });
                    }}
                  />
                ) : (
                  <span className="figures">{line.counted ?? t("count.notCounted")}</span>
                )}
              </td>
              {!blind && (
                <td className="end">
                  <Difference value={line.difference} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Difference({ value }: { value: number | null }) {
  if (value === null) return null;
  return (
    <span className="figures difference" data-sign={Math.sign(value)}>
      {value > 0 ? `+${value}` : value}
    </span>
  );
}
