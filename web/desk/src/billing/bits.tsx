import type { ReactNode } from "react";
import { NavLink } from "react-router";
import { useWords } from "../i18n/LanguageProvider";
import { MoneyText } from "../ui/MoneyText";
import type { Money } from "../ui/money";
import { useTabInSight } from "../ui/useTabInSight";
import { BEARERS, BILLING_TABS, shareOf } from "./terms";
import "../styles/billing.css";

/** The parts of billing, on every page of it. */
export function BillingTabs() {
  const { t } = useWords();
  const tabs = useTabInSight();
  return (
    <nav ref={tabs} className="tabs" aria-label={t("nav.billing")}>
      {BILLING_TABS.map((tab) => (
        <NavLink key={tab.to} to={tab.to} end={tab.end}>
          {t(tab.title)}
        </NavLink>
      ))}
    </nav>
  );
}

export function QuoteState({ state }: { state: string }) {
  const { t } = useWords();
  return (
    <span className="tag" data-billing-state={state}>
      {t.label("quoteState", state)}
    </span>
  );
}

export function InvoiceState({ state, kind }: { state: string; kind: string }) {
  const { t } = useWords();
  return (
    <span className="tag" data-billing-state={state}>
      {kind === "credit_note" ? t("invoice.creditNote") : t.label("invoiceState", state)}
    </span>
  );
}

type Shares = Record<(typeof BEARERS)[number], string> & { price: string; currency: string };

/** One bar from zero: who bears how much of what was charged. */
export function BearerBar({ sums }: { sums: Shares }) {
  const { t, f } = useWords();
  const parts = BEARERS.filter((by) => Number(sums[by]) !== 0);
  if (parts.length === 0) return null;
  return (
    <div className="bearer">
      <div className="bearer-bar" aria-hidden>
        {parts.map((by) => (
          <i key={by} data-by={by} style={{ inlineSize: `${shareOf(sums[by], sums.price)}%` }} />
        ))}
      </div>
      <ul className="bearer-key">
        {parts.map((by) => (
          <li key={by}>
            <i data-by={by} aria-hidden />
            <span>{t.label("bearer", by)}</span>
            <MoneyText money={{ amount: sums[by], currency: sums.currency }} />
            <small className="quiet figures">{f.number(shareOf(sums[by], sums.price), 1)} %</small>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Several amounts below each other; currencies are never added up. */
export function Amounts({ amounts }: { amounts: (Money | null | undefined)[] }) {
  return (
    <span className="billing-amounts">
      {amounts.map((one, index) => (
        <MoneyText key={index} money={one} />
      ))}
    </span>
  );
}

/** A table that scrolls inside itself on a narrow screen. */
export function Sheet({ children, label }: { children: ReactNode; label: string }) {
  return (
    <div className="billing-sheet" tabIndex={0} role="region" aria-label={label}>
      <table>{children}</table>
    </div>
  );
}
