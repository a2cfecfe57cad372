import { Link } from "react-router";
import type { RunFile } from "../api/sop";
import { useWords } from "../i18n/LanguageProvider";
import { Icon } from "../ui/Icon";
import { Note } from "../ui/States";
import { StepList } from "./StepList";

const TONE = { passed: "green", remarks: "amber", failed: "red" } as const;

/** How the procedure ended, and a look back at every step. */
export function RunEnd({ run, back, onLook }: { run: RunFile; back: string; onLook: (step: string) => void }) {
  const { t } = useWords();
  const result = run.result in TONE ? (run.result as keyof typeof TONE) : "";
  return (
    <>
      {result ? (
        <Note tone={TONE[result]} role="status">
          <p className="strong">{t.label("runResult", result)}</p>
          {run.deviations > 0 && <p>{t("sop.deviations", { count: run.deviations })}</p>}
        </Note>
      ) : (
        <Note tone="amber" role="status">
          {t("sop.endWaits")}
        </Note>
      )}
      <StepList run={run} next="" onPick={onLook} />
      <div className="action-bar">
        <Link className="button big" to={back}>
          <Icon name="back" small />
          {t("sop.toVisit")}
        </Link>
      </div>
    </>
  );
}
