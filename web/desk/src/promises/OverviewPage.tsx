import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Segmented } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { overview, slaEvents } from "../api/promises";
import type { SlaEvent, SlaOverview } from "../api/promises";
import type { Translator } from "../i18n/catalogue";
import { useWords } from "../i18n/LanguageProvider";
import { DueTag } from "../ui/DueTag";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { MoreButton } from "../ui/MoreButton";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import { WhenText } from "../ui/WhenText";
import { PriorityTag } from "../tickets/Tags";
import { AttainmentChart } from "./AttainmentChart";
import { PromiseTabs } from "./PromiseTabs";
import "../styles/promises.css";

const KINDS = ["respond", "arrive", "fix"] as const;
/** Where a figure leads: the tickets behind it. */
const BEHIND: Record<string, string> = {
  running: "/tickets?due_state=ok&sort=due",
  warning: "/tickets?due_state=warning&sort=due",
  breached: "/tickets?due_state=breached&sort=due",
};

/** How the promises stand: what runs, what is late, what is due next, what was kept. */
export default function OverviewPage() {
  const { t } = useWords();
  const found = useQuery({
    queryKey: ["promises", "overview"],
    queryFn: () => overview(6),
    refetchInterval: 60_000,
  });
  return (
    <div className="page">
      <PageHead title={t("nav.promises")} />
      <PromiseTabs />
      {found.isPending && <PageSkeleton />}
      {found.isError && !found.data && <ErrorState error={found.error} retry={() => found.refetch()} />}
      {found.data && <Shown data={found.data} />}
    </div>
  );
}

function Shown({ data }: { data: SlaOverview }) {
  const { t } = useWords();
  const [kind, setKind] = useState<string>("respond");
  return (
    <>
      <Figures states={data.states} />
      <div className="panels">
        <section className="panel" aria-labelledby="due-next">
          <h2 id="due-next">{t("promises.dueNext")}</h2>
          <DueNext data={data} />
        </section>
        <section className="panel" aria-labelledby="kept">
          <header className="panel-head">
            <h2 id="kept">{t("promises.kept")}</h2>
            <Segmented
              size="small"
              aria-label={t("promises.kind")}
              value={kind}
              onChange={setKind}
              options={KINDS.map((value) => ({ value, label: t.label("dueKind", value) }))}
            />
          </header>
          <AttainmentChart months={data.attainment.filter((one) => one.kind === kind)} />
        </section>
        <section className="panel" aria-labelledby="broken">
          <h2 id="broken">{t("promises.broken")}</h2>
          <Breaches data={data} />
        </section>
        <section className="panel" aria-labelledby="fired">
          <h2 id="fired">{t("promises.fired")}</h2>
          <Fired />
        </section>
      </div>
    </>
  );
}

function Figures({ states }: { states: SlaOverview["states"] }) {
  const { t, f } = useWords();
  return (
    <ul className="figure-row">
      {["breached", "warning", "running", "paused"].map((state) => {
        const body = (
          <>
            <strong className="figures">{f.number(states[state] ?? 0)}</strong>
            <span>{t.label("dueState", state)}</span>
          </>
        );
        const to = BEHIND[state];
        return (
          <li key={state} data-due={state}>
            {to ? <Link to={to}>{body}</Link> : <div>{body}</div>}
          </li>
        );
      })}
    </ul>
  );
}

function DueNext({ data }: { data: SlaOverview }) {
  const { t } = useWords();
  if (data.next_due.length === 0) return <EmptyState title={t("promises.nothingDue")} />;
  return (
    <ul className="due-list">
      {data.next_due.map((one) => (
        <li key={`${one.ticket}-${one.kind}`}>
          <Link to={`/tickets/${encodeURIComponent(one.ticket)}`}>
            <strong>{one.title}</strong>
            <span className="ticket-links-facts">
              <DueTag due={{ kind: one.kind, due_at: one.due_at, state: one.shown }} />
              <PriorityTag priority={one.priority} />
              <span className="figures">{one.ticket}</span>
              <span>{one.customer}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Breaches({ data }: { data: SlaOverview }) {
  const { t, f } = useWords();
  if (data.breaches.length === 0) return <EmptyState title={t("promises.noneBroken")} />;
  return (
    <table className="book-table">
      <thead>
        <tr>
          <th scope="col">{t("promises.policy")}</th>
          <th scope="col">{t("promises.kind")}</th>
          <th scope="col">{t("promises.openBroken")}</th>
          <th scope="col">{t("promises.broken30")}</th>
        </tr>
      </thead>
      <tbody>
        {data.breaches.map((one) => (
          <tr key={`${one.policy}-${one.kind}`}>
            <th scope="row">{one.policy}</th>
            <td>{t.label("dueKind", one.kind)}</td>
            <td className="figures">{f.number(one.open_breached)}</td>
            <td className="figures">{f.number(one.breached_30_days)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a clock did: a warning, a breach, or a step of the ladder by its name. */
export const levelText = (level: string, t: Translator): string =>
  level.startsWith("step:") ? t("promises.stepNamed", { key: level.slice(5) }) : t.label("slaLevel", level);

function Fired() {
  const { t } = useWords();
  const list = useInfiniteQuery({
    queryKey: ["promises", "events"],
    queryFn: ({ pageParam, signal }) => slaEvents({ cursor: pageParam, limit: 12 }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.isError && !list.data) return <ErrorState error={list.error} retry={() => list.refetch()} />;
  if (list.data && rows.length === 0) return <EmptyState title={t("promises.noneFired")} />;
  return (
    <>
      <ul className="due-list">
        {rows.map((one) => (
          <FiredLine key={one.id} event={one} />
        ))}
      </ul>
      <MoreButton pages={list} />
    </>
  );
}

function FiredLine({ event }: { event: SlaEvent }) {
  const { t } = useWords();
  return (
    <li className="fired" data-level={event.level}>
      <span>
        <b>{levelText(event.level, t)}</b> · {t.label("dueKind", event.kind)} ·{" "}
        <Link to={`/tickets/${encodeURIComponent(event.ticket)}`} className="figures">
          {event.ticket}
        </Link>
      </span>
      <small className="quiet">
        <WhenText at={event.fired_at} relative /> {event.outcome}
      </small>
    </li>
  );
}
