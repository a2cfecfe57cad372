import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { Link, useSearchParams } from "react-router";
import { feedbackSummary } from "../api/feedback";
import type { FeedbackSummary, Scores } from "../api/feedback";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import { FeedbackTabs } from "./FeedbackTabs";
import { GroupTable, MonthBars, Spread, signed } from "./charts";
import "../styles/promises.css";
import "../styles/feedback.css";

export const CSAT_GOAL = 4.2;
const SPANS = [3, 6, 12, 24];

/** The month that lies `back` months before this one, as 2026-01. */
export function monthBefore(today: Date, back: number): string {
  const at = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back, 1));
  return at.toISOString().slice(0, 7);
}

/** How satisfied customers are, over time and by channel, engineer and model. */
export default function OverviewPage() {
  const { t } = useWords();
  const [params, setParams] = useSearchParams();
  const span = SPANS.find((one) => one === Number(params.get("months"))) ?? 12;
  const since = monthBefore(new Date(), span - 1);
  const found = useQuery({
    queryKey: ["feedback", "summary", since],
    queryFn: () => feedbackSummary({ since }),
  });
  return (
    <div className="page">
      <PageHead title={t("nav.feedback")}>
        <Select
          value={span}
          aria-label={t("feedback.span")}
          options={SPANS.map((value) => ({ value, label: t("feedback.lastMonths", { count: value }) }))}
          onChange={(value) => setParams({ months: String(value) }, { replace: true })}
        />
      </PageHead>
      <FeedbackTabs />
      {found.isPending && <PageSkeleton />}
      {found.isError && !found.data && <ErrorState error={found.error} retry={() => found.refetch()} />}
      {found.data && (found.data.total.sent ? <Shown data={found.data} /> : <Nothing />)}
    </div>
  );
}

function Nothing() {
  const { t } = useWords();
  return (
    <EmptyState title={t("feedback.nothingSent")} hint={t("feedback.nothingSentHint")}>
      <Link to="/feedback/settings">{t("feedback.settings")}</Link>
    </EmptyState>
  );
}

function Shown({ data }: { data: FeedbackSummary }) {
  const { t, f } = useWords();
  const month = (key: string) =>
    new Intl.DateTimeFormat(f.locale, { month: "short", timeZone: "UTC" }).format(new Date(`${key}-01T00:00:00Z`));
  const point = (row: Scores, value: number | null | undefined, count: number) => ({
    key: row.key,
    label: month(row.key),
    value: value ?? null,
    of: `n=${f.number(count)}`,
  });
  return (
    <>
      <Figures data={data} />
      <div className="feedback-panels">
        <section className="panel panel-wide" aria-labelledby="csat-months">
          <h2 id="csat-months">{t("feedback.csatByMonth")}</h2>
          <MonthBars
            name={t("feedback.csatByMonth")}
            low={0}
            high={5}
            goal={CSAT_GOAL}
            show={(value) => f.number(value, 1)}
            points={data.months.map((row) => point(row, row.csat, row.csat_count ?? 0))}
          />
          <p className="quiet">{t("feedback.goal", { goal: f.number(CSAT_GOAL, 1) })}</p>
        </section>
        <section className="panel panel-wide" aria-labelledby="nps-months">
          <h2 id="nps-months">{t("feedback.npsByMonth")}</h2>
          <MonthBars
            name={t("feedback.npsByMonth")}
            low={-100}
            high={100}
            goal={0}
            show={signed}
            points={data.months.map((row) => point(row, row.nps, row.nps_count ?? 0))}
          />
        </section>
        <section className="panel" aria-labelledby="csat-spread">
          <h2 id="csat-spread">{t("feedback.csatSpread")}</h2>
          <Spread counts={data.csat_shares} scores={[5, 4, 3, 2, 1]} tone={(score) => (score >= 4 ? "good" : score === 3 ? "fair" : "bad")} />
        </section>
        <section className="panel" aria-labelledby="reasons">
          <h2 id="reasons">{t("feedback.reasons")}</h2>
          <Reasons data={data} />
        </section>
        <section className="panel" aria-labelledby="by-engineer">
          <h2 id="by-engineer">{t("feedback.byEngineer")}</h2>
          <GroupTable
            rows={data.engineers}
            head={t("ticket.engineer")}
            linkOf={(row) => <Link to={`/feedback/answers?engineer=${encodeURIComponent(row.key)}`}>{row.label}</Link>}
          />
        </section>
        <section className="panel" aria-labelledby="by-model">
          <h2 id="by-model">{t("feedback.byModel")}</h2>
          <GroupTable
            rows={data.models}
            head={t("fault.model")}
            linkOf={(row) => <Link to={`/feedback/answers?model=${encodeURIComponent(row.key)}`}>{row.label}</Link>}
          />
        </section>
        <section className="panel" aria-labelledby="by-channel">
          <h2 id="by-channel">{t("feedback.byChannel")}</h2>
          <GroupTable
            rows={data.channels}
            head={t("feedback.channel")}
            linkOf={(row) => (
              <Link to={`/feedback/answers?channel=${encodeURIComponent(row.key)}`}>{t.label("channel", row.key)}</Link>
            )}
          />
        </section>
        {data.held.length > 0 && (
          <section className="panel" aria-labelledby="held">
            <h2 id="held">{t("feedback.held")}</h2>
            <ul className="plain-list">
              {data.held.map((one) => (
                <li key={one.reason}>
                  <span className="figures">{f.number(one.count)}</span> {t.label("surveyHeld", one.reason)}
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </>
  );
}

function Figures({ data }: { data: FeedbackSummary }) {
  const { t, f } = useWords();
  const { total } = data;
  const rate = total.response_rate;
  const shown = [
    { key: "csat", value: total.csat === null ? "–" : f.number(total.csat ?? 0, 2), sub: `n=${f.number(total.csat_count ?? 0)}` },
    { key: "nps", value: total.nps === null ? "–" : signed(total.nps ?? 0), sub: `n=${f.number(total.nps_count ?? 0)}` },
    {
      key: "response",
      value: rate === null || rate === undefined ? "–" : `${f.number(rate * 100, 0)} %`,
      sub: `${f.number(total.answered ?? 0)}/${f.number(total.sent ?? 0)}`,
    },
    { key: "low", value: f.number(total.low ?? 0), to: "/feedback/answers?low=true" },
    {
      key: "callbacks",
      value: f.number(data.open_callbacks),
      sub: data.overdue_callbacks ? t("feedback.overdue", { count: data.overdue_callbacks }) : "",
      to: "/feedback/callbacks",
    },
  ];
  return (
    <ul className="figure-row">
      {shown.map(({ key, value, sub, to }) => {
        const body = (
          <>
            <strong className="figures">{value}</strong>
            <span>
              {t.label("feedbackFigure", key)} {sub && <small className="quiet figures">{sub}</small>}
            </span>
          </>
        );
        return <li key={key}>{to ? <Link to={to}>{body}</Link> : <div>{body}</div>}</li>;
      })}
    </ul>
  );
}

function Reasons({ data }: { data: FeedbackSummary }) {
  const { t, f, language } = useWords();
  const most = Math.max(...data.reasons.map((one) => one.count), 1);
  if (data.reasons.length === 0) return <p className="quiet">{t("feedback.nothingYet")}</p>;
  return (
    <ul className="spread spread-wide">
      {data.reasons.map((one) => (
        <li key={one.code}>
          <Link to={`/feedback/answers?reason=${encodeURIComponent(one.code)}`}>
            {one.label?.[language] ?? one.label?.en ?? t.label("surveyReason", one.code)}
          </Link>
          <span className="share-track" aria-hidden>
            <span style={{ inlineSize: `${(one.count / most) * 100}%` }} />
          </span>
          <span className="figures">{f.number(one.count)}</span>
        </li>
      ))}
    </ul>
  );
}
