import type { QuoteFile } from "../api/billing";
import { useWords } from "../i18n/LanguageProvider";
import { MoneyText } from "../ui/MoneyText";
import { Sheet } from "./bits";
import { money } from "./terms";

/** The lines of a paper and its sums, as they stand. */
export function QuoteLines({ file }: { file: QuoteFile }) {
  const { t } = useWords();
  return (
    <Sheet label={t("quote.lines")}>
      <thead>
        <tr>
          <th>#</th>
          <th>{t("costs.what")}</th>
          <th className="end">{t("costs.quantity")}</th>
          <th className="end">{t("costs.unitPrice")}</th>
          <th className="end">{t("quote.tax")}</th>
          <th className="end">{t("quote.net")}</th>
        </tr>
      </thead>
      <tbody>
        {file.lines.map((line, index) => (
          <tr key={index}>
            <td className="quiet figures">{index + 1}</td>
            <td>
              {line.text}
              <small className="quiet">
                {[line.code, line.hours && t.label("workHours", line.hours), t.label("priceOrigin", line.origin.split(":")[0] ?? ""), line.origin.split(":")[1]]
                  .filter(Boolean)
                  .join(" · ")}
              </small>
            </td>
            <td className="end figures nowrap">
              {line.quantity} {t.label("unit", line.unit)}
            </td>
            <td className="end">
              <MoneyText money={money(line.unit_price, file.currency)} />
              <small className="quiet">
                {[line.per > 1 && t("costs.perHour"), line.discount !== "0" && `−${line.discount} %`]
                  .filter(Boolean)
                  .join(" ")}
              </small>
            </td>
            <td className="end figures nowrap">{line.tax_rate === null ? "–" : `${line.tax_rate} %`}</td>
            <td className="end">
              <MoneyText money={money(line.net, file.currency)} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th colSpan={5}>{t("quote.net")}</th>
          <td className="end">
            <MoneyText money={file.net} />
          </td>
        </tr>
        {file.taxes.map((tax) => (
          <tr key={`${tax.code}-${tax.rate}`}>
            <th colSpan={5}>
              {tax.name || tax.code} {tax.rate} %
            </th>
            <td className="end">
              <MoneyText money={money(tax.tax, file.currency)} />
            </td>
          </tr>
        ))}
        <tr className="billing-sheet-total">
          <th colSpan={5}>{t("quote.gross")}</th>
          <td className="end">
            <MoneyText money={file.gross} />
          </td>
        </tr>
      </tfoot>
    </Sheet>
  );
}
