import { NavLink } from "react-router";
import { useMe } from "../app/session";
import { useWords } from "../i18n/LanguageProvider";
import { useTabInSight } from "../ui/useTabInSight";
import { STOCK_TABS } from "./terms";
import "../styles/stock.css";

/** The parts of the stock, on every page of it. */
export function StockTabs() {
  const { t } = useWords();
  const { scopes } = useMe();
  const tabs = useTabInSight();
  return (
    <nav ref={tabs} className="tabs" aria-label={t("nav.stock")}>
      {STOCK_TABS.filter(({ scope }) => !scope || scopes.includes(scope)).map((tab) => (
        <NavLink key={tab.to} to={tab.to} end={tab.end}>
          {t(tab.title)}
        </NavLink>
      ))}
    </nav>
  );
}
