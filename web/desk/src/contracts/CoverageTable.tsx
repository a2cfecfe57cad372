import type { CoverageLineView } from "../api/contracts";
import { useWords } from "../i18n/LanguageProvider";
import { MoneyText } from "../ui/MoneyText";

/** What a contract covers, line by line, with what is left of its limits this contract year. */
export function CoverageTable({ lines }: { lines: CoverageLineView[] }) {
  const { t, f } = useWords();
  if (lines.length === 0) return <p className="quiet">{t("contract.noLines")}</p>;
  return (
    <div className="scroll-x">
      <table className="book-table">
        <thead>
          <tr>
            <th scope="col">{t("contract.what")}</th>
            <th scope="col">{t("contract.share")}</th>
            <th scope="col">{t("contract.visits")}</th>
            <th scope="col">{t("contract.limit")}</th>
            <th scope="col">{t("contract.partsFilter")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <tr key={`${line.what}-${index}`}>
              <th scope="row">
                {t.label("coverage", line.what)}
                {line.note && <div className="quiet">{line.note}</div>}
              </th>
              <td className="figures">{f.number(line.share ?? 100)} %</td>
              <td className="figures">
                {line.visits !== null && line.visits !== undefined
                  ? t("contract.leftOf", { left: line.visits_left ?? line.visits, all: line.visits })
                  : "–"}
              </td>
              <td>
                {line.limit ? (
                  <>
                    <MoneyText money={line.limit_left ?? line.limit} /> / <MoneyText money={line.limit} />
                  </>
                ) : (
                  "–"
                )}
              </td>
              <td className="figures">{line.parts?.length ? line.parts.join(", ") : t("contract.allParts")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
