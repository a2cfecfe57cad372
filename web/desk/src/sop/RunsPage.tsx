import { useMemo } from "react";
import { Link } from "react-router";
import { useWords } from "../i18n/LanguageProvider";
import { ListPage } from "../ui/ListPage";
import { WhenText } from "../ui/WhenText";
import type { ListFilter, Preset, ServerColumn } from "../ui/listShape";
import { SopTabs } from "./SopTabs";
import { sopPath } from "./SopsPage";
import { runs } from "./api";
import type { Run } from "./api";
import { RunTag } from "./bits";
import { RUN_RESULTS, RUN_STATES } from "./terms";
import "./sop.css";

const visitPath = (one: Run): string => `/visits/${encodeURIComponent(one.work_order)}`;

/** What was done by the book, what was left out, and what failed. */
export default function RunsPage() {
  const { t, language } = useWords();
  const columns = useRunColumns();
  const filters: ListFilter[] = [
    {
      kind: "many", name: "state", label: t("sop.state"), main: true,
      options: RUN_STATES.map((value) => ({ value, label: t.label("runState", value) })),
    },
    {
      kind: "many", name: "result", label: t("sop.result"),
      options: RUN_RESULTS.map((value) => ({ value, label: t.label("runResult", value) })),
    },
    { kind: "flag", name: "deviating", label: t("sop.deviating") },
    { kind: "text", name: "sop", label: t("sop.code") },
    { kind: "text", name: "serial", label: t("ticket.serial") },
  ];
  const presets: Preset[] = [
    { key: "all", label: t("sop.allRuns"), query: { filters: {} } },
    { key: "open", label: t("sop.openRuns"), query: { filters: { state: ["attached", "begun"] } } },
    { key: "failed", label: t("sop.failedRuns"), query: { filters: { result: ["failed", "remarks"] } } },
    { key: "left", label: t.label("runState", "left"), query: { filters: { state: ["left"] } } },
  ];
  return (
    <ListPage<Run>
      subject="sop-runs"
      title={t("nav.sops")}
      empty={{ title: t("sop.noRuns"), hint: t("sop.noRunsHint") }}
      columns={columns}
      filters={filters}
      presets={presets}
      above={<SopTabs />}
      fetch={(query, signal) => runs({ ...query, language }, signal)}
      rowKey={(one) => one.id}
      pathOf={visitPath}
      card={(one) => (
        <>
          <strong>{one.title}</strong>
          <span className="row-card-facts">
            <RunTag run={one} />
            <span className="figures">{one.work_order}</span>
            <span className="figures">{one.serial}</span>
            <span>{t("sop.stepsOf", { done: one.passed_count, all: one.steps_count })}</span>
          </span>
        </>
      )}
    />
  );
}

function useRunColumns(): ServerColumn<Run>[] {
  const { t, f } = useWords();
  return useMemo(
    () => [
      {
        key: "title", title: t("sop.title"),
        render: (one) => (
          <>
            <Link to={sopPath(one.sop)}>{one.title}</Link>
            <div className="quiet figures">
              {one.sop} · {t("sop.versionOf", { number: one.sop_version })}
            </div>
          </>
        ),
      },
      { key: "state", title: t("sop.state"), width: 140, render: (one) => <RunTag run={one} /> },
      {
        key: "visit", title: t("sop.visit"), width: 160,
        render: (one) => (
          <Link to={visitPath(one)} className="figures nowrap">
            {one.work_order}
          </Link>
        ),
      },
      {
        key: "device", title: t("ticket.device"), width: 170,
        render: (one) => (
          <>
            <span className="figures">{one.serial}</span>
            <div className="quiet">{one.model}</div>
          </>
        ),
      },
      {
        key: "done", title: t("sop.steps"), width: 80, align: "end",
        render: (one) => `${f.number(one.passed_count)} / ${f.number(one.steps_count)}`,
      },
      { key: "next", title: t("sop.next"), width: 190, render: (one) => one.next?.title ?? "" },
      {
        key: "deviations", title: t("sop.deviations"), width: 100, align: "end",
        render: (one) => (one.deviations ? f.number(one.deviations) : ""),
      },
      {
        key: "begun", title: t("sop.begun"), width: 130,
        render: (one) => (one.begun_at ? <WhenText at={one.begun_at} /> : ""),
      },
    ],
    [t, f],
  );
}
