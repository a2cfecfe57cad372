import {
  CheckCircleFilled,
  ClockCircleOutlined,
  CloseCircleFilled,
  MinusCircleOutlined,
  RightCircleFilled,
} from "@ant-design/icons";
import { Image, Tooltip } from "antd";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { WhenText } from "../ui/WhenText";
import { run as fetchRun } from "./api";
import type { RunFile, RunRecord, RunStep } from "./api";
import { HazardTag, useRoleText } from "./bits";

const ICONS: Record<string, ReactNode> = {
  done: <CheckCircleFilled className="reading-ok" />,
  passed: <CheckCircleFilled className="reading-ok" />,
  failed: <CloseCircleFilled className="reading-bad" />,
  skipped: <MinusCircleOutlined />,
  next: <RightCircleFilled className="run-arrow" />,
  waiting: <ClockCircleOutlined />,
  off_way: <CloseCircleFilled className="reading-bad" />,
};

/** The steps of a run with what was recorded: who, when, value, what was confirmed. */
export function RunSteps({ id, version }: { id: string; version: number }) {
  const { t, language } = useWords();
  const found = useQuery({
    queryKey: ["sop-runs", id, version, language],
    queryFn: () => fetchRun(id, language),
  });
  if (found.isError) return <ErrorState error={found.error} retry={() => found.refetch()} />;
  if (!found.data) return <p className="quiet">{t("state.loading")}</p>;
  return (
    <ol className="run-steps">
      {found.data.steps.map((step) => (
        <li key={step.id} data-state={step.state}>
          <span className="run-icon" title={t.label("runStep", step.state)}>
            {ICONS[step.state] ?? <span className="run-dot" />}
          </span>
          <div>
            <header>
              <span className="run-title">
                {step.number}. {step.title}
              </span>
              <HazardTag hazard={step.hazard} />
              {step.fallback && <span className="quiet">{t("sop.fallback")}</span>}
            </header>
            <Records step={step} file={found.data} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function Records({ step, file }: { step: RunStep; file: RunFile }) {
  const records = file.records.filter((one) => one.step === step.id);
  return records.map((one) => <Record key={one.id} record={one} step={step} />);
}

function Record({ record, step }: { record: RunRecord; step: RunStep }) {
  const { t, f } = useWords();
  const roleText = useRoleText();
  const bound = (value: number | null | undefined) => (value === null || value === undefined ? "…" : f.number(value, 6));
  const limits = step.reading && (step.reading.low !== null || step.reading.high !== null);
  const option = step.options.find((one) => one.id === record.option);
  const who = record.engineer && record.actor !== record.hazard_by && record.hazard_by
    ? `${record.hazard_by} (${t("sop.enteredBy", { name: record.actor })})`
    : [record.actor, record.engineer].filter(Boolean).join(" · ");
  return (
    <div className="record-line" data-counts={record.counts}>
      <p>
        <strong className={record.outcome === "failed" ? "reading-bad" : undefined}>
          {t.label("sopOutcome", record.outcome)}
        </strong>{" "}
        {record.value !== null && (
          <span className="figures">
            <span className={record.ok === false ? "reading-bad" : record.ok ? "reading-ok" : undefined}>
              {f.number(record.value, 6)} {step.reading?.unit}
            </span>
            {limits && (
              <span className="quiet">
                {" "}
                [{bound(step.reading?.low)} – {bound(step.reading?.high)}]
              </span>
            )}
          </span>
        )}
        {option && <span>{option.label}</span>}
        {record.signed_by && <span>{t("sop.signedBy", { name: record.signed_by })}</span>}
        <span className="quiet"> {who} · </span>
        <Tooltip title={t("sop.recordedAt", { when: f.dateTime(record.recorded_at) })}>
          <span>
            <WhenText at={record.happened_at} />
          </span>
        </Tooltip>
        {record.late && <span className="tag" data-audience="internal">{t("sop.sentLater")}</span>}
        {record.corrects && <span className="tag" data-run="remarks">{t("sop.correction")}</span>}
        {record.replaced_by && <span className="tag" data-run="withdrawn">{t("sop.corrected")}</span>}
        {record.deviation && <span className="tag" data-run="failed">{t("sop.offWay")}</span>}
      </p>
      {record.note && <p className="plain">{record.note}</p>}
      {record.hazard_text && (
        <p className="record-hazard">
          {t("sop.confirmedBy", { name: record.hazard_by })}: “{record.hazard_text}” ({roleText(record.role)})
        </p>
      )}
      {record.photos.length > 0 && (
        <Image.PreviewGroup>
          <div className="record-photos">
            {record.photos.map((one) => (
              <Image key={one.id} src={one.url} width={72} alt={step.title} />
            ))}
          </div>
        </Image.PreviewGroup>
      )}
    </div>
  );
}
