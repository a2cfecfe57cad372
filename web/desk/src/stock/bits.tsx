import { ArrowRightOutlined } from "@ant-design/icons";
import { Link } from "react-router";
import type { Balance, Cost } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { MoneyText } from "../ui/MoneyText";
import { ACCOUNTS, locationPath, partPath } from "./terms";
import "../styles/stock.css";

/** A part by its number, which leads to its page. */
export function PartLink({ part }: { part: string }) {
  return (
    <Link to={partPath(part)} className="figures nowrap">
      {part}
    </Link>
  );
}

const isAccount = (place: string): boolean => ACCOUNTS.some((one) => one === place);

/** A place of a move: a location, which leads to its page, or what is not counted as ours. */
export function Place({ place }: { place: string }) {
  const { t } = useWords();
  if (!place) return null;
  if (isAccount(place)) return <span className="stock-account">{t.label("stockAccount", place)}</span>;
  return <Link to={locationPath(place)}>{place}</Link>;
}

/** From here to there. */
export function Way({ source, target }: { source: string; target: string }) {
  const { t } = useWords();
  return (
    <span className="stock-way">
      <Place place={source} />
      <ArrowRightOutlined aria-label={t("stock.to")} />
      <Place place={target} />
    </span>
  );
}

/** Sums in several currencies; they are never added up. */
export function Amounts({ amounts }: { amounts: Cost[] | undefined }) {
  return (
    <span className="stock-amounts">
      {(amounts ?? []).map((one) => (
        <MoneyText key={one.currency} money={one} />
      ))}
    </span>
  );
}

export type StockMark = "out" | "low" | "over" | "ok";

/** Where a balance stands between its minimum and maximum. */
export function markOf({ on_hand, free, minimum, maximum }: Balance): StockMark {
  if (minimum !== null && free <= 0 && minimum > 0) return "out";
  if (minimum !== null && free < minimum) return "low";
  return maximum !== null && on_hand > maximum ? "over" : "ok";
}

/** The free quantity with a word where it needs attention; never colour alone. */
export function FreeText({ balance }: { balance: Balance }) {
  const { t } = useWords();
  const mark = markOf(balance);
  return (
    <span className="stock-free" data-mark={mark}>
      <span className="figures">{balance.free}</span>
      {mark !== "ok" && <small>{t.label("stockMark", mark)}</small>}
    </span>
  );
}

/** A state of a document of the stock. */
export function StateTag({ group, state }: { group: string; state: string }) {
  const { t } = useWords();
  return (
    <span className="tag" data-stock-state={state}>
      {t.label(group, state)}
    </span>
  );
}
