import { LeftOutlined, RightOutlined, ThunderboltOutlined } from "@ant-design/icons";
import { Button, Drawer, Input, Segmented, Select, Switch } from "antd";
import { useCallback, useMemo, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { useMay } from "../app/session";
import type { BoardJob, BoardVisit } from "../api/dispatch";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import { useNarrow } from "../ui/useNarrow";
import { useStored } from "../ui/useStored";
import { BoardMap } from "./BoardMap";
import { CandidateList } from "./CandidateList";
import { DayLists } from "./DayLists";
import { DispatchTabs } from "./DispatchTabs";
import { DoubtDialog } from "./DoubtDialog";
import { Gantt } from "./Gantt";
import { JobList } from "./JobList";
import { PlanDrawer } from "./PlanDrawer";
import { STILL, loadOfJob, loadOfVisit } from "./moving";
import type { Load } from "./moving";
import type { Scale } from "./scale";
import { SPANS, dayText, useBoard, useBoardSpan, useCandidates } from "./useBoard";
import { useDropping } from "./useDropping";
import { useMoving } from "./useMoving";
import "../styles/dispatch.css";

/** Who does what, when and where: jobs at the left, engineers' days in the middle, the map below. */
export default function BoardPage() {
  const { t } = useWords();
  const may = useMay("dispatch");
  const go = useNavigate();
  const narrow = useNarrow(900);
  const { first, days, set } = useBoardSpan();
  const found = useBoard(first, days);
  const [params, setParams] = useSearchParams();
  const [picked, setPicked] = useState<Load | null>(null);
  const [skill, setSkill] = useState<string>();
  const [map, setMap] = useStored("dispatch.map", true);
  const [lit, setLit] = useState("");
  const [scale, setScale] = useState<Scale | null>(null);
  const dropping = useDropping();
  const board = found.data;
  const engineers = useMemo(
    () => (board?.engineers ?? []).filter((one) => !skill || one.skills.includes(skill)),
    [board, skill],
  );
  const rows = useMemo(() => engineers.map((one) => one.code), [engineers]);
  const { move, grab } = useMoving({ scale, rows, onDrop: (one) => void dropping.drop(one) });
  const fitness = useFitness(move?.load ?? null);
  const skills = useMemo(
    () => [...new Set((board?.engineers ?? []).flatMap((one) => one.skills))].sort(),
    [board],
  );
  const barProps = useCallback(
    (visit: BoardVisit) => (may && !STILL.has(visit.state) ? grab(loadOfVisit(visit)) : {}),
    [grab, may],
  );
  const cardProps = useCallback((job: BoardJob) => (may ? grab(loadOfJob(job)) : {}), [grab, may]);
  const planning = params.get("plan");
  const showPlan = (id: string | null) =>
    setParams((old) => {
      const next = new URLSearchParams(old);
      if (id) next.set("plan", id);
      else next.delete("plan");
      return next;
    });
  if (found.isPending) return <PageSkeleton />;
  if (!board) return <ErrorState error={found.error} retry={() => found.refetch()} />;

  const pick = (job: BoardJob) => may && setPicked(loadOfJob(job));
  const step = (plus: number) =>
    set({ day: new Date(first.getFullYear(), first.getMonth(), first.getDate() + plus * days) });
  return (
    <div className="page dispatch-page">
      <PageHead title={t("dispatch.title")} sub={<BoardCounts board={board} />}>
        {may && (
          <Button type="primary" icon={<ThunderboltOutlined />} onClick={() => showPlan("new")}>
            {t("dispatch.planDay")}
          </Button>
        )}
      </PageHead>
      <DispatchTabs />
      <div className="dispatch-tools">
        <Button aria-label={t("dispatch.before")} icon={<LeftOutlined />} onClick={() => step(-1)} />
        <Input
          type="date"
          className="dispatch-day"
          aria-label={t("dispatch.day")}
          value={dayText(first)}
          onChange={(event) => event.target.value && set({ day: new Date(`${event.target.value}T00:00:00`) })}
        />
        <Button aria-label={t("dispatch.after")} icon={<RightOutlined />} onClick={() => step(1)} />
        <Button onClick={() => set({ day: new Date() })}>{t("dispatch.today")}</Button>
        <Segmented<number>
          value={days}
          onChange={(value) => set({ days: value })}
          options={SPANS.map((one) => ({ value: one, label: t("dispatch.days", { count: one }) }))}
        />
        <Select
          allowClear
          className="dispatch-skill"
          aria-label={t("dispatch.skill")}
          placeholder={t("dispatch.skill")}
          value={skill}
          onChange={setSkill}
          options={skills.map((one) => ({ value: one, label: t.label("skill", one) }))}
        />
        {!narrow && (
          <label className="dispatch-switch">
            <Switch size="small" checked={map} onChange={setMap} /> {t("dispatch.map")}
          </label>
        )}
      </div>
      {may && !narrow && <p className="quiet dispatch-hint">{t("dispatch.moveHint")}</p>}
      <div className="dispatch-board" data-map={(map && !narrow) || undefined} data-moving={move ? true : undefined}>
        <JobList
          jobs={board.unplanned}
          total={board.unplanned_total}
          picked={picked?.key ?? ""}
          onPick={pick}
          cardProps={cardProps}
        />
        {engineers.length === 0 ? (
          <EmptyState title={t("dispatch.noEngineers")} hint={t("dispatch.noEngineersHint")} />
        ) : narrow ? (
          <DayLists board={board} engineers={engineers} onMove={(visit) => setPicked(loadOfVisit(visit))} mayMove={may} />
        ) : (
          <Gantt
            board={board}
            engineers={engineers}
            move={move}
            fitness={fitness}
            lit={lit}
            onLit={setLit}
            onScale={setScale}
            barProps={barProps}
            onOpen={(visit) => void go(`/visits/${encodeURIComponent(visit.work_order)}`)}
          />
        )}
        {map && !narrow && (
          <BoardMap board={board} lit={move?.engineer || lit} picked={picked?.key ?? ""} onLit={setLit} onPick={pick} />
        )}
      </div>
      <p className="live-words" aria-live="assertive">
        {move && t("dispatch.moving", { what: move.load.title, engineer: nameOf(engineers, move.engineer), time: new Date(move.start).toLocaleString() })}
      </p>
      <Drawer
        open={picked !== null}
        size={narrow ? "100%" : 440}
        title={picked?.title}
        onClose={() => setPicked(null)}
        destroyOnHidden
      >
        {picked && (
          <CandidateList
            job={picked}
            busy={dropping.busy}
            onChoose={(one) => {
              void dropping
                .drop({ load: picked, engineer: one.engineer, start: new Date(one.starts_at).getTime() })
                .then(() => setPicked(null));
            }}
          />
        )}
      </Drawer>
      {dropping.doubt && (
        <DoubtDialog
          doubt={dropping.doubt}
          busy={dropping.busy}
          onForce={(reason) => dropping.doubt && void dropping.drop(dropping.doubt.move, reason)}
          onClose={dropping.forget}
        />
      )}
      {planning && <PlanDrawer id={planning} first={first} onShow={showPlan} onChanged={dropping.reread} />}
    </div>
  );
}

const nameOf = (engineers: { code: string; name: string }[], code: string): string =>
  engineers.find((one) => one.code === code)?.name ?? "";

/** What the books say of each engineer for the load that is being moved. */
function useFitness(load: Load | null): Map<string, "good" | "soft" | "hard"> {
  const found = useCandidates(load);
  return useMemo(() => {
    const fit = new Map<string, "good" | "soft" | "hard">();
    for (const one of found.data?.ranked ?? []) fit.set(one.engineer, one.soft.length ? "soft" : "good");
    for (const one of found.data?.blocked ?? []) fit.set(one.engineer, "hard");
    return fit;
  }, [found.data]);
}

function BoardCounts({ board }: { board: { visits: BoardVisit[]; unplanned_total: number } }) {
  const { t } = useWords();
  const late = board.visits.filter((one) => one.late_minutes > 0 || one.conflicts.length > 0).length;
  return (
    <>
      <span>{t("dispatch.visitCount", { count: board.visits.length })}</span>
      <span>{t("dispatch.unplannedCount", { count: board.unplanned_total })}</span>
      {late > 0 && <span className="bar-trouble">{t("dispatch.troubled", { count: late })}</span>}
    </>
  );
}
