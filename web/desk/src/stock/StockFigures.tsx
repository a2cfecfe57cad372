import { Link } from "react-router";
import type { StockOverview } from "../api/stockTypes";
import type { Key } from "../i18n/catalogue";
import { useWords } from "../i18n/LanguageProvider";
import { Amounts } from "./bits";

interface Figure {
  key: keyof StockOverview;
  title: Key;
  to: string;
  /** Any at all needs attention. */
  alarm?: "amber" | "red";
}

const FIGURES: Figure[] = [
  { key: "below_minimum", title: "stock.belowMinimum", to: "balances?below_minimum=true", alarm: "amber" },
  { key: "awaiting_approval", title: "stock.awaiting", to: "requests?state=submitted", alarm: "amber" },
  { key: "in_transit", title: "stock.inTransit", to: "transfers" },
  { key: "late_transfers", title: "stock.late", to: "transfers?late=true", alarm: "red" },
  { key: "reservations_expiring", title: "stock.expiring", to: "reservations?state=active", alarm: "amber" },
  { key: "open_counts", title: "stock.openCounts", to: "counts?state=open" },
  { key: "discrepancies", title: "stock.discrepancies", to: "moves?account=discrepancy", alarm: "red" },
];

/** The figures of the stock; each leads to the rows behind it. */
export function StockFigures({ figures }: { figures: StockOverview }) {
  const { t, f } = useWords();
  return (
    <ul className="stock-figures">
      <li>
        <div className="stock-figure">
          <strong>
            <Amounts amounts={figures.value} />
          </strong>
          <span>{t("stock.value")}</span>
        </div>
      </li>
      {FIGURES.map(({ key, title, to, alarm }) => {
        const number = figures[key] as number;
        return (
          <li key={key}>
            <Link to={`/stock/${to}`} className="stock-figure" data-alarm={number > 0 ? alarm : undefined}>
              <strong className="figures">{f.number(number)}</strong>
              <span>{t(title)}</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
