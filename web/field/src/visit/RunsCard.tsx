import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { sops, useRuns } from "../api/sop";
import type { Run } from "../api/sop";
import { useTicket, useVisit, visitKey, visitPath } from "../api/visits";
import { useAct } from "../commands/useAct";
import { useWords } from "../i18n/LanguageProvider";
import { spoken } from "../i18n/format";
import { Button } from "../ui/Button";
import { Refusal, TextInput } from "../ui/Field";
import { Icon } from "../ui/Icon";
import { Sheet } from "../ui/Sheet";
import { Failed, Note, Spinner, Tag } from "../ui/States";
import { useMay } from "../app/session";

const RESULT_TONE: Record<string, string> = { passed: "green", remarks: "amber", failed: "red" };

/** Standard work on the visit, and what it warns of. */
export function RunsCard({ number, state }: { number: string; state: string }) {
  const { t } = useWords();
  const may = useMay("sop:read");
  const runs = useRuns(number);
  const [picking, setPicking] = useState(false);
  if (!may) return null;
  const worst = (runs.data ?? []).map((one) => one.hazard).sort((a, b) => GRAVITY.indexOf(b) - GRAVITY.indexOf(a))[0];
  const open = state !== "done" && state !== "cancelled";
  return (
    <article className="card">
      <h2>
        <Icon name="list" small />
        {t("sop.title")}
      </h2>
      {worst && GRAVITY.indexOf(worst) > 1 && open && (
        <Note tone="red" role="note">
          <p className="strong">{t.label("hazard", worst)}</p>
          <p>{t("sop.hazardAhead")}</p>
        </Note>
      )}
      {runs.isError && <Failed error={runs.error} retry={() => void runs.refetch()} />}
      {runs.isPending && <Spinner />}
      {runs.data?.length === 0 && <p className="quiet">{t("sop.none")}</p>}
      <ul className="rows">
        {runs.data?.map((one) => (
          <li key={one.id}>
            <RunLine run={one} number={number} />
          </li>
        ))}
      </ul>
      {open && (
        <Button kind="quiet" icon="plus" onClick={() => setPicking(true)}>
          {t("sop.add")}
        </Button>
      )}
      {picking && <PickSop number={number} onClose={() => setPicking(false)} />}
    </article>
  );
}

const GRAVITY = ["none", "caution", "warning", "danger"];

function RunLine({ run, number }: { run: Run; number: string }) {
  const { t } = useWords();
  return (
    <Link className="row-link" to={`/visits/${number}/sop/${run.id}`}>
      <span className="row-main">
        <span className="strong wrap">{run.title}</span>
        <br />
        <span className="quiet">
          {run.result
            ? t.label("runResult", run.result)
            : t("sop.progressOf", { n: run.passed_count, of: run.steps_count })}
          {run.minutes > 0 && !run.result && ` · ${t("sop.minutes", { n: run.minutes })}`}
        </span>
      </span>
      {run.result ? (
        <Tag tone={RESULT_TONE[run.result]}>{t.label("runResultShort", run.result)}</Tag>
      ) : (
        run.required && <Tag tone="amber">{t("sop.required")}</Tag>
      )}
      <Icon name="next" small />
    </Link>
  );
}

/** Put a procedure on the visit that no rule has put there. */
function PickSop({ number, onClose }: { number: string; onClose: () => void }) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const visit = useVisit(number);
  const model = useTicket(visit.data?.ticket).data?.ticket.model ?? "";
  const [q, setQ] = useState("");
  const found = useQuery({ queryKey: ["sops", q, model], queryFn: () => sops(q, q ? "" : model) });
  const { act, busy, problem } = useAct<Run>();
  const attach = async (sop: string) => {
    const outcome = await act(
      {
        kind: "sop", summary: sop, subject: number, path: visitPath(number, "/sop-runs"), body: { sop },
        bare: true,
      },
      [visitKey(number)],
    );
    if (outcome?.state === "done") void navigate(`/visits/${number}/sop/${outcome.answer.id}`);
    else if (outcome?.state === "waiting") onClose();
  };
  return (
    <Sheet title={t("sop.add")} onClose={onClose}>
      <div className="form">
        <TextInput label={t("act.search")} value={q} onChange={setQ} type="search" />
        <Refusal problem={problem} />
        {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
        {found.data?.items.length === 0 && <p className="quiet">{t("sop.nothingFits")}</p>}
        <ul className="rows">
          {found.data?.items.map((one) => (
            <li key={one.code}>
              <button type="button" className="row-link" disabled={busy} onClick={() => void attach(one.code)}>
                <span className="row-main">
                  <span className="strong wrap">{spoken(one.title, language)}</span>
                  <br />
                  <span className="quiet figures">
                    {one.code} · {t("sop.stepsCount", { count: one.steps_count })}
                  </span>
                </span>
                <Icon name="plus" small />
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Sheet>
  );
}
