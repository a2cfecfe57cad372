import { useState } from "react";
import { visitKey, visitPath } from "../api/visits";
import type { VisitFile } from "../api/visits";
import { useAct } from "../commands/useAct";
import { useWords } from "../i18n/LanguageProvider";
import { Button } from "../ui/Button";
import { Choice, Refusal, Stepper, TextInput } from "../ui/Field";
import { Icon } from "../ui/Icon";
import { useNow } from "../ui/useNow";
import { useStored } from "../ui/useStored";
import { LABOUR_KINDS } from "../visit/terms";
import { clockText, wholeMinutes } from "./timer";
import type { Running } from "./timer";
import { VisitActPage } from "./VisitActPage";

export default function TimePage() {
  const { t } = useWords();
  return (
    <VisitActPage title={t("work.time")}>
      {(file) => (
        <>
          <Timer file={file} />
          <ByHand file={file} />
          <TimeList file={file} />
        </>
      )}
    </VisitActPage>
  );
}

function useAddTime(file: VisitFile) {
  const { f, t } = useWords();
  const { act, busy, problem } = useAct();
  const add = async (kind: string, minutes: number, note: string): Promise<boolean> => {
    const outcome = await act(
      {
        kind: "labour", summary: `${t.label("labourKind", kind)} ${f.minutes(minutes)}`,
        subject: file.number, path: visitPath(file.number, "/labour"), body: { kind, minutes, note },
      },
      [visitKey(file.number)],
    );
    return outcome !== undefined && outcome.state !== "refused";
  };
  return { add, busy, problem };
}

/** A clock that goes on while the phone sleeps: only its beginning is kept. */
function Timer({ file }: { file: VisitFile }) {
  const { t } = useWords();
  const [running, setRunning] = useStored<Running | null>(`timer.${file.number}`, null);
  const [kind, setKind] = useState<string>("work");
  const now = useNow(1_000);
  const { add, busy, problem } = useAddTime(file);
  const stop = async () => {
    if (running && (await add(running.kind, wholeMinutes(running.since, Date.now()), ""))) setRunning(null);
  };
  return (
    <section className="card">
      <h2>
        <Icon name="clock" small />
        {t("time.timer")}
      </h2>
      {running ? (
        <>
          <p className="clock figures" role="timer" aria-label={t("time.timer")}>
            {clockText(running.since, now)}
          </p>
          <p className="quiet">{t.label("labourKind", running.kind)}</p>
          <Refusal problem={problem} />
          <div className="buttons">
            <Button kind="quiet" onClick={() => setRunning(null)}>
              {t("time.discard")}
            </Button>
            <Button size="big" busy={busy} onClick={() => void stop()}>
              {t("time.stop")}
            </Button>
          </div>
        </>
      ) : (
        <>
          <Choice
            label={t("time.kind")} hidden inline value={kind} onChange={setKind}
            options={LABOUR_KINDS.map((one) => [one, t.label("labourKind", one)] as const)}
          />
          <Button size="big" wide icon="play" onClick={() => setRunning({ kind, since: Date.now() })}>
            {t("time.start")}
          </Button>
        </>
      )}
    </section>
  );
}

function ByHand({ file }: { file: VisitFile }) {
  const { t } = useWords();
  const [kind, setKind] = useState<string>("work");
  const [minutes, setMinutes] = useState(30);
  const [note, setNote] = useState("");
  const { add, busy, problem } = useAddTime(file);
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault();
        void add(kind, minutes, note.trim()).then((done) => done && setNote(""));
      }}
    >
      <h2>{t("time.byHand")}</h2>
      <Choice
        label={t("time.kind")} inline value={kind} onChange={setKind}
        options={LABOUR_KINDS.map((one) => [one, t.label("labourKind", one)] as const)}
      />
      <Stepper label={t("time.minutes")} value={minutes} onChange={setMinutes} most={1440} step={5} />
      <TextInput label={t("time.note")} value={note} onChange={setNote} optional maxLength={2000} />
      <Refusal problem={problem} />
      <Button type="submit" wide busy={busy}>
        {t("time.add")}
      </Button>
    </form>
  );
}

function TimeList({ file }: { file: VisitFile }) {
  const { t, f } = useWords();
  if (file.labour.length === 0 && !file.travel_minutes) return <p className="quiet">{t("time.none")}</p>;
  return (
    <ul className="card rows">
      {file.travel_minutes > 0 && (
        <li>
          <div className="row-main">{t("time.way")}</div>
          <span className="figures strong">{f.minutes(file.travel_minutes)}</span>
        </li>
      )}
      {file.labour.map((one) => (
        <li key={one.id}>
          <div className="row-main">
            <p>{t.label("labourKind", one.kind)}</p>
            <p className="quiet wrap">{[f.time(one.happened_at), one.note].filter(Boolean).join(" · ")}</p>
          </div>
          <span className="figures strong">{f.minutes(one.minutes)}</span>
        </li>
      ))}
    </ul>
  );
}
