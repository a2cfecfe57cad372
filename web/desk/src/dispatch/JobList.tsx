import { Input, Segmented, Select } from "antd";
import { useMemo, useState } from "react";
import type { HTMLAttributes } from "react";
import { Link } from "react-router";
import type { BoardJob } from "../api/dispatch";
import { useWords } from "../i18n/LanguageProvider";
import { DueTag } from "../ui/DueTag";
import { EmptyState } from "../ui/EmptyState";
import { lengthText } from "./reasons";

const RANK = ["critical", "high", "normal", "low"];

interface Props {
  jobs: BoardJob[];
  total: number;
  picked: string;
  onPick: (job: BoardJob) => void;
  cardProps: (job: BoardJob) => Partial<HTMLAttributes<HTMLElement>>;
}

/** What nobody has yet: the first due first. */
export function JobList({ jobs, total, picked, onPick, cardProps }: Props) {
  const { t, f } = useWords();
  const [text, setText] = useState("");
  const [which, setWhich] = useState<"all" | "pool">("all");
  const [area, setArea] = useState<string>();
  const areas = useMemo(() => [...new Set(jobs.flatMap((one) => one.areas))].sort(), [jobs]);
  const shown = useMemo(() => sorted(jobs.filter((one) => fits(one, text, which, area))), [jobs, text, which, area]);
  return (
    <section className="job-list" aria-label={t("dispatch.unplanned")}>
      <header>
        <h2>{t("dispatch.unplannedCount", { count: total })}</h2>
        <Segmented<"all" | "pool">
          size="small"
          value={which}
          onChange={setWhich}
          options={[
            { value: "all", label: t("list.all") },
            { value: "pool", label: t("dispatch.pool") },
          ]}
        />
      </header>
      <div className="job-filters">
        <Input.Search
          allowClear
          aria-label={t("dispatch.searchJobs")}
          placeholder={t("dispatch.searchJobs")}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {areas.length > 1 && (
          <Select
            allowClear
            aria-label={t("dispatch.area")}
            placeholder={t("dispatch.area")}
            value={area}
            onChange={setArea}
            options={areas.map((one) => ({ value: one, label: one }))}
          />
        )}
      </div>
      {shown.length === 0 && (
        <EmptyState
          title={t(jobs.length ? "dispatch.noJobFits" : "dispatch.noJobs")}
          hint={t(jobs.length ? "dispatch.noJobFitsHint" : "dispatch.noJobsHint")}
        />
      )}
      <ul>
        {shown.map((job) => (
          <li key={job.work_order || job.ticket}>
            <article
              className="job-card"
              tabIndex={0}
              role="button"
              data-priority={job.priority}
              aria-pressed={picked === (job.work_order || job.ticket)}
              aria-label={`${job.title}, ${job.customer}`}
              onClick={() => onPick(job)}
              {...cardProps(job)}
            >
              <strong>{job.title}</strong>
              <span className="quiet">
                {[job.customer, job.place.kind === "unknown" ? t("dispatch.placeUnknown") : job.place.label]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
              <span className="row-card-facts">
                <span className="tag" data-priority={job.priority}>{t.label("priority", job.priority)}</span>
                <DueTag due={job.due} />
                {job.pool && <span className="tag">{t("dispatch.inPool")}</span>}
                {job.waiting && <span className="tag">{t.label("ticketState", `waiting_${job.waiting}`)}</span>}
              </span>
              <span className="row-card-facts quiet">
                <Link to={`/tickets/${encodeURIComponent(job.ticket)}`} onClick={(event) => event.stopPropagation()}>
                  {job.ticket}
                </Link>
                <span>{lengthText(job.needs.minutes, f.locale)}</span>
                <span>{job.needs.skills.map((one) => one.skill).join(", ")}</span>
              </span>
            </article>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function sorted(jobs: BoardJob[]): BoardJob[] {
  const due = (one: BoardJob) => one.due?.due_at ?? "9999";
  return [...jobs].sort(
    (a, b) => due(a).localeCompare(due(b)) || RANK.indexOf(a.priority) - RANK.indexOf(b.priority),
  );
}

export function fits(job: BoardJob, text: string, which: "all" | "pool", area: string | undefined): boolean {
  if (which === "pool" && !job.pool) return false;
  if (area && !job.areas.includes(area)) return false;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const told = [
    job.title, job.customer, job.ticket, job.work_order, job.serial, job.model, job.place.label,
    ...job.needs.skills.map((one) => one.skill),
  ].join(" ").toLowerCase();
  return words.every((word) => told.includes(word));
}
