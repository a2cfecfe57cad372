import { useState } from "react";
import { useParams } from "react-router";
import { useRun } from "../api/sop";
import type { RunFile } from "../api/sop";
import { useCommands } from "../commands/outbox";
import { useWords } from "../i18n/LanguageProvider";
import { Page } from "../ui/Page";
import { Failed, Loading } from "../ui/States";
import { Pending } from "../visit/Pending";
import { RunEnd } from "./RunEnd";
import { StepList } from "./StepList";
import { StepScreen } from "./StepScreen";
import { END, STOP, toCome } from "./branch";

/** One procedure on a visit, one step a screen. */
export default function RunPage() {
  const { number = "", run: id = "" } = useParams();
  const run = useRun(number, id);
  const { t } = useWords();
  const back = `/visits/${number}`;
  if (!run.data) {
    return (
      <Page title={t("sop.title")} back={back}>
        {run.isError ? <Failed error={run.error} retry={() => void run.refetch()} /> : <Loading lines={2} />}
      </Page>
    );
  }
  return <Walk key={id} run={run.data} number={number} />;
}

function Walk({ run, number }: { run: RunFile; number: string }) {
  const { t } = useWords();
  // Where the person looks; empty: at what comes next. `ahead`: what comes next by the branches
  // while the answer of the server is on its way or waits for a network.
  const [looking, setLooking] = useState("");
  const [ahead, setAhead] = useState("");
  const [listed, setListed] = useState(false);
  const unsent = useCommands(number).some((one) => one.state === "waiting" && one.path.includes(run.id));
  const next = (unsent && ahead) || run.next?.step || "";
  const here = run.steps.find((one) => one.id === (looking || next));
  const done = run.passed_count;
  const left = next ? toCome(run.steps, next) : 0;
  const back = `/visits/${number}`;
  const go = (step: string) => {
    setLooking("");
    setAhead(step);
    window.scrollTo(0, 0);
  };
  const ended = !here || next === END || next === STOP;
  return (
    <Page
      title={run.title}
      sub={ended ? t("sop.ended") : t("sop.stepOf", { n: done + 1, of: done + left })}
      back={back}
      acts={
        <button type="button" className="button bare" aria-expanded={listed} onClick={() => setListed(!listed)}>
          {t("sop.steps")}
        </button>
      }
    >
      <div
        className="progress" role="progressbar" aria-label={t("sop.progress")}
        aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round((100 * done) / Math.max(1, done + left))}
      >
        <i style={{ width: `${(100 * done) / Math.max(1, done + left)}%` }} />
      </div>
      <Pending subject={number} />
      {listed && (
        <StepList
          run={run}
          next={next}
          onPick={(step) => {
            setLooking(step);
            setListed(false);
          }}
        />
      )}
      {ended && !looking ? (
        <RunEnd run={run} back={back} onLook={setLooking} />
      ) : (
        here && (
          <StepScreen
            key={`${here.id}.${here.turns}.${here.record?.id ?? ""}`}
            run={run} step={here} number={number} current={here.id === next}
            onDone={go} onBack={(step) => setLooking(step)} onNext={() => setLooking("")}
          />
        )
      )}
    </Page>
  );
}
