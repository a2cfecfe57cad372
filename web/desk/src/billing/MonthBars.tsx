import { useWords } from "../i18n/LanguageProvider";
import { moneyText } from "../ui/money";

interface Month {
  month: string;
  amount: string;
  currency: string;
}

/** Bars from zero, one a month in the order of time, each with its amount. */
export function MonthBars({ months, by }: { months: Month[]; by: string }) {
  const { t, f } = useWords();
  const ordered = [...months].sort((a, b) => a.month.localeCompare(b.month));
  const most = Math.max(...ordered.map((one) => Number(one.amount)), 0);
  if (most <= 0) return <p className="quiet">{t("summary.nothing")}</p>;
  const name = (month: string) =>
    new Intl.DateTimeFormat(f.locale, { month: "short", year: "2-digit", timeZone: "UTC" }).format(
      new Date(`${month}-01T00:00:00Z`),
    );
  return (
    <ol className="month-bars">
      {ordered.map((one) => (
        <li key={one.month}>
          <span>{name(one.month)}</span>
          <span className="month-bar">
            <i data-by={by} style={{ inlineSize: `${Math.max(0, (Number(one.amount) / most) * 100)}%` }} />
          </span>
          <span className="figures nowrap">{moneyText(one, f.locale)}</span>
        </li>
      ))}
    </ol>
  );
}
