import { useState } from "react";
import { useNavigate } from "react-router";
import { grabPath, usePool } from "../api/dispatch";
import type { PoolJob } from "../api/dispatch";
import { useAct } from "../commands/useAct";
import { useWords } from "../i18n/LanguageProvider";
import { Button } from "../ui/Button";
import { Refusal, TextArea } from "../ui/Field";
import { MapLink } from "../ui/MapLink";
import { Sheet } from "../ui/Sheet";
import { Empty, Failed, Loading, Note, Tag } from "../ui/States";
import { useToast } from "../ui/Toast";
import { useFailureText } from "../ui/useFailureText";
import { DueTag } from "../visit/DueTag";
import { PRIORITY_TONE } from "../visit/terms";

/** Jobs that whoever is quickest may have. */
export function PoolList() {
  const { t } = useWords();
  const pool = usePool(true);
  if (pool.isPending) return <Loading />;
  if (pool.isError) return <Failed error={pool.error} retry={() => void pool.refetch()} />;
  if (pool.data.length === 0) return <Empty icon="list" title={t("pool.empty")} hint={t("pool.emptyHint")} />;
  return pool.data.map((job) => <PoolCard key={job.work_order} job={job} />);
}

function PoolCard({ job }: { job: PoolJob }) {
  const { t, f } = useWords();
  const { say } = useToast();
  const text = useFailureText();
  const navigate = useNavigate();
  const { act, busy, problem } = useAct();
  const [asking, setAsking] = useState(false);
  const grab = async (reason = "") => {
    const body = reason ? { force: true, reason } : {};
    const outcome = await act(
      { kind: "grab", subject: job.work_order, path: grabPath(job.work_order), body, bare: true },
      [["visits"]],
    );
    if (outcome?.state === "done") {
      say(t("pool.yours"), "green");
      void navigate(`/visits/${job.work_order}`);
    } else if (outcome) {
      // The list is read anew and this card may be gone, so the refusal is said in passing too.
      if (outcome.state === "refused") say(text(outcome.problem), "red");
      setAsking(outcome.state === "refused" && outcome.problem.code === "dispatch_needs_force");
    }
  };
  return (
    <article className="card stop">
      <p className="line">
        <span className="stop-time figures">
          {f.day(job.window.from, job.time_zone)} {f.span(job.window.from, job.window.until, job.time_zone)}
        </span>
      </p>
      <p className="strong wrap">{job.customer || job.site}</p>
      <p className="wrap">{job.purpose || job.title}</p>
      <p className="quiet wrap">{[job.place.label, job.model, job.work_order].filter(Boolean).join(" · ")}</p>
      <p className="line">
        {PRIORITY_TONE[job.priority] && <Tag tone={PRIORITY_TONE[job.priority]}>{t.label("priority", job.priority)}</Tag>}
        {job.due && <DueTag due={job.due} />}
        <Tag>{f.minutes(job.needs.minutes)}</Tag>
        {job.travel_minutes !== null && <Tag>{t("pool.way", { time: f.minutes(job.travel_minutes) })}</Tag>}
      </p>
      {job.soft.length > 0 && (
        <Note tone="amber">
          {job.soft.map((reason) => (
            <p key={reason.code}>{t.reason(reason, "why")}</p>
          ))}
        </Note>
      )}
      <Refusal problem={problem} />
      <div className="buttons">
        <MapLink lat={job.place.lat} lon={job.place.lon} address={job.site || job.place.label} />
        <Button icon="check" busy={busy} onClick={() => (job.soft.length > 0 ? setAsking(true) : void grab())}>
          {t("pool.grab")}
        </Button>
      </div>
      {asking && <GrabAnyway job={job} busy={busy} onGrab={grab} onClose={() => setAsking(false)} />}
    </article>
  );
}

interface AnywayProps {
  job: PoolJob;
  busy: boolean;
  onGrab: (reason: string) => Promise<void>;
  onClose: () => void;
}

/** Taken although something speaks against it: the reason goes along. */
function GrabAnyway({ job, busy, onGrab, onClose }: AnywayProps) {
  const { t } = useWords();
  const [reason, setReason] = useState("");
  return (
    <Sheet title={t("pool.anyway")} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void onGrab(reason);
        }}
      >
        {job.soft.map((one) => (
          <p key={one.code}>{t.reason(one, "why")}</p>
        ))}
        <TextArea label={t("pool.why")} value={reason} onChange={setReason} rows={2} required maxLength={1000} />
        <Button type="submit" size="big" wide busy={busy} disabled={!reason.trim()}>
          {t("pool.grab")}
        </Button>
      </form>
    </Sheet>
  );
}
