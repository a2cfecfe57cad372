import { useQueryClient } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { useMyDay } from "../api/dispatch";
import { isStatus } from "../api/problem";
import { useWords } from "../i18n/LanguageProvider";
import { Icon } from "../ui/Icon";
import { Page } from "../ui/Page";
import { Pull } from "../ui/Pull";
import { Empty, Failed, Loading } from "../ui/States";
import { LateCard } from "./LateCard";
import { PoolList } from "./PoolList";
import { StopCard } from "./StopCard";
import { SPANS, byDay, midnight } from "./days";
import type { Span } from "./days";

const PLACES = [...SPANS, "pool"] as const;

/** Where the day is planned: my visits in order, and what I may take besides. */
export function TodayPage() {
  const { t, f } = useWords();
  const client = useQueryClient();
  const [params, setParams] = useSearchParams();
  const asked = params.get("show") ?? "today";
  const shown = PLACES.find((one) => one === asked) ?? "today";
  const today = useMyDay("today");
  const reread = () => client.invalidateQueries({ queryKey: ["visits"] });
  return (
    <Page
      title={t("today.title")}
      sub={today.data ? `${f.day(new Date())} · ${today.data.name}` : f.day(new Date())}
      acts={
        <button type="button" className="icon-button" aria-label={t("act.refresh")} onClick={() => void reread()}>
          <Icon name="refresh" />
        </button>
      }
    >
      <Pull onPull={reread}>
        <div className="tabs" role="group" aria-label={t("today.which")}>
          {PLACES.map((one) => (
            <button
              key={one} type="button" aria-pressed={one === shown}
              onClick={() => setParams(one === "today" ? {} : { show: one }, { replace: true })}
            >
              {t(`today.${one}`)}
              {one === "pool" && !!today.data?.pool && ` (${today.data.pool})`}
            </button>
          ))}
        </div>
        {shown === "pool" ? <PoolList /> : <Days span={shown} />}
      </Pull>
    </Page>
  );
}

function Days({ span }: { span: Span }) {
  const { t, f } = useWords();
  const mine = useMyDay(span);
  if (mine.isPending) return <Loading />;
  if (mine.isError) {
    const stranger = isStatus(mine.error, 404) || isStatus(mine.error, 403);
    if (stranger) return <Empty icon="me" title={t("today.noEngineer")} hint={t("today.noEngineerHint")} />;
    return <Failed error={mine.error} retry={() => void mine.refetch()} />;
  }
  const stops = mine.data.visits.filter((one) => one.state !== "cancelled");
  const today = midnight(new Date()).toISOString();
  return (
    <>
      {span === "today" && <LateCard />}
      {mine.data.absences.map((one) => (
        <p key={one.id} className="note amber">
          {t("today.absent", { from: f.dateTime(one.span.from), until: f.dateTime(one.span.until) })}
        </p>
      ))}
      {stops.length === 0 && (
        <Empty icon="today" title={t(`today.empty.${span}`)} hint={t("today.emptyHint")} />
      )}
      {byDay(stops).map(([day, items]) => (
        <section key={day} className="form" aria-label={f.day(day)}>
          {span === "week" && <h2 className="day-head">{day === today ? t("today.today") : f.day(day)}</h2>}
          {items.map((one, index) => (
            <StopCard key={one.work_order} stop={one} order={index + 1} />
          ))}
        </section>
      ))}
    </>
  );
}

