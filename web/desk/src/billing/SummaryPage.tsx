import { Input, Segmented, Select } from "antd";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";
import { summary } from "../api/billing";
import type { Summary, SummaryRow } from "../api/billing";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { MoneyText } from "../ui/MoneyText";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import { MonthBars } from "./MonthBars";
import { Amounts, BearerBar, BillingTabs, Sheet } from "./bits";
import { GROUPS, dayFrom, money, todayText } from "./terms";

/** What service cost in a span of days, who bore it, and what contracts earn against it. */
export default function SummaryPage() {
  const { t, f } = useWords();
  const [params, setParams] = useSearchParams();
  const since = params.get("since") ?? dayFrom(-365);
  const until = params.get("until") ?? todayText();
  const by = params.get("by") ?? "model";
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(params);
    next.set(name, value);
    setParams(next, { replace: true });
  };
  const found = useQuery({
    queryKey: ["billing", "summary", since, until, by],
    queryFn: ({ signal }) => summary({ since, until, by }, signal),
    placeholderData: keepPreviousData,
  });
  const currencies = [...new Set((found.data?.totals ?? []).map((one) => one.currency))];
  const currency = currencies.includes(params.get("currency") ?? "") ? (params.get("currency") ?? "") : (currencies[0] ?? "");
  return (
    <div className="page">
      <PageHead title={t("nav.billing")}>
        <Input type="date" value={since} max={until} aria-label={t("invoice.from")} onChange={(event) => event.target.value && set("since", event.target.value)} className="summary-day" />
        <Input type="date" value={until} min={since} aria-label={t("invoice.until")} onChange={(event) => event.target.value && set("until", event.target.value)} className="summary-day" />
      </PageHead>
      <BillingTabs />
      {found.isPending && <PageSkeleton />}
      {found.isError && !found.data && <ErrorState error={found.error} retry={() => found.refetch()} />}
      {found.data && found.data.bills === 0 && <EmptyState title={t("summary.empty")} hint={t("summary.emptyHint")} />}
      {found.data && found.data.bills > 0 && (
        <>
          <ul className="summary-figures">
            <li>
              <strong className="figures">{f.number(found.data.bills)}</strong>
              <span>{t("summary.bills")}</span>
            </li>
            <li>
              <Link to="/billing/quotes?state=sent">
                <strong className="figures">{f.number(found.data.open_quotes)}</strong>
                <span>{t("summary.openQuotes")}</span>
              </Link>
            </li>
            <li>
              <Link to="/billing/invoices?state=draft">
                <strong className="figures">{f.number(found.data.draft_invoices)}</strong>
                <span>{t("summary.draftInvoices")}</span>
              </Link>
            </li>
            <li>
              <strong className="figures">{f.number(found.data.unpriced_lines)}</strong>
              <span>{t("summary.unpriced")}</span>
            </li>
          </ul>
          {currencies.length > 1 && (
            <Segmented options={currencies} value={currency} onChange={(value) => set("currency", String(value))} />
          )}
          <Charts data={found.data} currency={currency} />
          <h2 className="page-h2">{t("summary.whoBy")}</h2>
          <Select
            value={by}
            onChange={(value: string) => set("by", value)}
            options={GROUPS.map((value) => ({ value, label: t.label("summaryBy", value) }))}
            aria-label={t("summary.whoBy")}
            className="summary-by"
          />
          <Groups rows={found.data.rows.filter((one) => one.currency === currency)} by={by} />
          <Contracts data={found.data} />
        </>
      )}
    </div>
  );
}

function Charts({ data, currency }: { data: Summary; currency: string }) {
  const { t } = useWords();
  const whole = data.totals.find((one) => one.currency === currency);
  const months = data.months.filter((one) => one.currency === currency);
  return (
    <div className="summary-charts">
      <section>
        <h2>{t("summary.whoBore")}</h2>
        {whole && (
          <>
            <p>
              {t("costs.cost")} <strong><MoneyText money={money(whole.cost, currency)} /></strong> · {t("costs.price")}{" "}
              <MoneyText money={money(whole.price, currency)} />
            </p>
            <BearerBar sums={whole} />
            {data.totals.length > 1 && <p className="quiet">{t("summary.apartHint")}</p>}
          </>
        )}
      </section>
      <section>
        <h2>{t("summary.warrantyByMonth")}</h2>
        <MonthBars months={months.map((one) => ({ month: one.month, amount: one.warranty_cost, currency }))} by="warranty" />
      </section>
      <section>
        <h2>{t("summary.revenueByMonth")}</h2>
        <MonthBars months={months.map((one) => ({ month: one.month, amount: one.revenue, currency }))} by="customer" />
      </section>
    </div>
  );
}

function Groups({ rows, by }: { rows: SummaryRow[]; by: string }) {
  const { t, f } = useWords();
  const name = (row: SummaryRow) => {
    if (by === "customer" && row.key) return <Link to={`/customers/${row.key}`}>{row.label}</Link>;
    if (by === "ticket") return <Link to={`/tickets/${row.key}`} className="figures">{row.key}</Link>;
    if (by === "kind") return t.label("costKind", row.key);
    if (by === "cause") return row.key ? t.label("cause", row.key) : t("summary.unknown");
    return row.label || t("summary.unknown");
  };
  return (
    <Sheet label={t("summary.whoBy")}>
      <thead>
        <tr>
          <th>{t.label("summaryBy", by)}</th>
          <th className="end">{t("summary.tickets")}</th>
          <th className="end">{t("costs.cost")}</th>
          {(["warranty", "contract", "goodwill", "customer"] as const).map((one) => (
            <th key={one} className="end">
              {t.label("bearer", one)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <td>{name(row)}</td>
            <td className="end figures">{f.number(row.tickets)}</td>
            <td className="end">
              <MoneyText money={money(row.cost, row.currency)} />
            </td>
            {(["warranty", "contract", "goodwill", "customer"] as const).map((one) => (
              <td key={one} className="end">
                {Number(row[one]) === 0 ? <span className="quiet">–</span> : <MoneyText money={money(row[one], row.currency)} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </Sheet>
  );
}

function Contracts({ data }: { data: Summary }) {
  const { t, f } = useWords();
  if (data.contracts.length === 0) return null;
  return (
    <>
      <h2 className="page-h2">{t("summary.contracts")}</h2>
      <p className="quiet">{t("summary.contractsHint")}</p>
      <Sheet label={t("summary.contracts")}>
        <thead>
          <tr>
            <th>{t("contract.number")}</th>
            <th>{t("side.customer")}</th>
            <th className="end">{t("summary.contractRevenue")}</th>
            <th className="end">{t("summary.borne")}</th>
            <th className="end">{t("summary.result")}</th>
            <th>{t("summary.ratio")}</th>
          </tr>
        </thead>
        <tbody>
          {data.contracts.slice(0, 40).map((row) => (
            <tr key={row.contract}>
              <td>
                <Link to={`/contracts/${encodeURIComponent(row.contract)}`} className="figures nowrap">
                  {row.contract}
                </Link>
                <small className="quiet">{row.plan}</small>
              </td>
              <td>{row.customer_name}</td>
              <td className="end">
                <MoneyText money={row.revenue} />
              </td>
              <td className="end">
                <Amounts amounts={row.borne_cost} />
              </td>
              <td className="end" data-negative={row.result?.amount.startsWith("-") || undefined}>
                {row.result ? <MoneyText money={row.result} /> : <span className="quiet">{t("summary.apart")}</span>}
              </td>
              <td className="ratio">
                {row.ratio !== null && (
                  <>
                    <i style={{ inlineSize: `${Math.min(100, Number(row.ratio) * 100)}%` }} data-over={Number(row.ratio) > 1 || undefined} />
                    <span className="figures">{f.number(Number(row.ratio) * 100, 1)} %</span>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Sheet>
    </>
  );
}
