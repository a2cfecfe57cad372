import { useState } from "react";
import type { FormEvent } from "react";
import { runKey, runPath } from "../api/sop";
import type { RunFile, RunStep, StepBody } from "../api/sop";
import { useAct } from "../commands/useAct";
import { PhotoTaker } from "../acts/PhotoTaker";
import { Verdict } from "../acts/ReadingsPage";
import { judged } from "../acts/limits";
import { useWords } from "../i18n/LanguageProvider";
import { typedNumber } from "../i18n/format";
import { Button } from "../ui/Button";
import { Choice, NumberInput, Refusal, TextArea, TextInput } from "../ui/Field";
import { Sheet } from "../ui/Sheet";
import { Icon } from "../ui/Icon";
import { following } from "./branch";

interface Props {
  run: RunFile;
  step: RunStep;
  number: string;
  /** Before the hazard is confirmed, or where the person may not do the step. */
  locked: boolean;
  hazardConfirmed: boolean;
  /** Record that is being corrected. */
  corrects?: string;
  onDone: (following: string) => void;
}

type Outcome = StepBody["outcome"];

interface Given {
  value: string;
  option: string;
  photos: string[];
  signer: string;
  note: string;
}

const EMPTY: Given = { value: "", option: "", photos: [], signer: "", note: "" };

/** What may be written down at a step of each kind, and the buttons that do it. */
export function StepForm({ run, step, number, locked, hazardConfirmed, corrects, onDone }: Props) {
  const { t, language } = useWords();
  const [given, setGiven] = useState<Given>(EMPTY);
  const [asking, setAsking] = useState<"" | "failed" | "skipped">("");
  const { act, busy, problem, clear } = useAct<RunFile>();
  const put = (change: Partial<Given>) => setGiven((before) => ({ ...before, ...change }));
  // Pictures arrive one after the other; each joins those that are there by then.
  const addPhoto = (id: string) =>
    setGiven((before) => ({ ...before, photos: [...new Set([...before.photos, id])] }));
  const value = typedNumber(given.value);
  const ok = step.kind === "reading" && value !== null && step.reading ? judged(value, step.reading) : null;

  const submit = async (outcome: Outcome) => {
    const body = {
      step: step.id, outcome, note: given.note.trim(), hazard_confirmed: hazardConfirmed,
      language: step.language || language, sop_version: run.sop_version,
      ...(step.kind === "reading" && outcome !== "skipped" && value !== null ? { value } : {}),
      ...(outcome !== "failed" && outcome !== "skipped" && given.option ? { option: given.option } : {}),
      ...(given.photos.length ? { photo_ids: given.photos } : {}),
      ...(given.signer.trim() ? { signed_by: given.signer.trim() } : {}),
      ...(corrects ? { corrects } : {}),
    };
    const sent = await act(
      { kind: "step", summary: step.title, subject: number, path: runPath(run.id, "/steps"), body },
      [runKey(number, run.id), ["visit", number]],
    );
    if (!sent || sent.state === "refused") return;
    setAsking("");
    const real = outcome !== "skipped" && ok === false ? "failed" : outcome;
    onDone(following(run.steps, step, real, given.option));
  };
  const ready = isReady(step, given, value) && (!corrects || given.note.trim() !== "");

  return (
    <form
      className="form"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (ready && !locked) void submit(step.kind === "check" ? "passed" : "done");
      }}
    >
      <fieldset className="form" disabled={locked}>
        <legend className="spoken-only">{t("sop.form")}</legend>
        <Facts {...{ step, run, number, given, put, addPhoto, ok }} />
        {corrects && (
          <TextArea label={t("sop.whyCorrect")} value={given.note} onChange={(note) => put({ note })} rows={2} required />
        )}
        <Refusal problem={problem} />
        <div className="step-acts">
          <Button type="submit" size="big" wide icon="check" busy={busy} disabled={!ready || locked}>
            {t(ok === false ? "sop.saveFailed" : `sop.go.${goWord(step)}`)}
          </Button>
          {step.kind !== "reading" && (
            <Button
              kind="quiet" wide disabled={locked}
              onClick={() => {
                clear();
                setAsking("failed");
              }}
            >
              <Icon name="close" small />
              {t(step.kind === "check" ? "sop.checkFailed" : "sop.notPossible")}
            </Button>
          )}
        </div>
      </fieldset>
      <div className="buttons">
        <Button
          kind="bare"
          onClick={() => {
            clear();
            setAsking("skipped");
          }}
        >
          {t("sop.leaveOut")}
        </Button>
      </div>
      {asking && (
        <Sheet title={t(asking === "failed" ? "sop.failedTitle" : "sop.skipTitle")} onClose={() => setAsking("")}>
          <div className="form">
            <p>{t(asking === "failed" ? `sop.onFail.${onFailWord(step)}` : "sop.skipHint")}</p>
            <TextArea label={t("sop.why")} value={given.note} onChange={(note) => put({ note })} rows={3} required />
            <Refusal problem={problem} />
            <Button
              size="big" wide kind={asking === "failed" ? "danger" : "main"} busy={busy}
              disabled={!given.note.trim()} onClick={() => void submit(asking)}
            >
              {t(asking === "failed" ? "sop.markFailed" : "sop.markSkipped")}
            </Button>
          </div>
        </Sheet>
      )}
    </form>
  );
}

/** Whether everything that this kind of step asks for is there. */
export function isReady(step: Pick<RunStep, "kind" | "photos_min">, given: Given, value: number | null): boolean {
  if (given.photos.length < step.photos_min) return false;
  if (step.kind === "reading") return value !== null;
  if (step.kind === "choice") return given.option !== "";
  return step.kind !== "signature" || given.signer.trim() !== "";
}

const onFailWord = (step: RunStep): "goto" | "stop" | "continue" =>
  step.on_fail === "goto" || step.on_fail === "continue" ? step.on_fail : "stop";

const goWord = (step: RunStep): "check" | "reading" | "photo" | "signature" | "choice" | "action" =>
  step.kind === "check" || step.kind === "reading" || step.kind === "photo" ||
  step.kind === "signature" || step.kind === "choice"
    ? step.kind
    : "action";

interface FactsProps {
  step: RunStep;
  run: RunFile;
  number: string;
  given: Given;
  put: (change: Partial<Given>) => void;
  addPhoto: (id: string) => void;
  ok: boolean | null;
}

function Facts({ step, run, number, given, put, addPhoto, ok }: FactsProps) {
  const { t, f } = useWords();
  const wantsPhotos = step.kind === "photo" || step.photos_min > 0;
  const { low, high, unit = "" } = step.reading ?? {};
  const limits = [low != null && `≥ ${f.number(low, 6)}`, high != null && `≤ ${f.number(high, 6)}`]
    .filter(Boolean)
    .join("  ");
  const wrong = given.value.trim() !== "" && typedNumber(given.value) === null;
  return (
    <>
      {step.kind === "reading" && (
        <>
          <NumberInput
            label={t("reading.value")} value={given.value} onChange={(value) => put({ value })} unit={unit}
            hint={limits && t("sop.limits", { limits: `${limits} ${unit}` })}
            problem={wrong ? t("reading.noNumber") : undefined}
          />
          <Verdict ok={ok} />
        </>
      )}
      {step.kind === "choice" && (
        <Choice
          label={t("sop.choose")} value={given.option} onChange={(option) => put({ option })}
          options={step.options.map((one) => [one.id, one.label] as const)}
        />
      )}
      {step.kind === "signature" && (
        <TextInput
          label={t("sign.name")} value={given.signer} onChange={(signer) => put({ signer })} required maxLength={200}
        />
      )}
      {wantsPhotos && (
        <div className="field">
          <span className="label">
            {t("sop.photos", { n: given.photos.length, of: Math.max(1, step.photos_min) })}
          </span>
          <PhotoTaker
            number={number} when="other" caption={step.title} path={runPath(run.id, "/photos")}
            onSent={(answer) => addPhoto((answer as { id: string }).id)}
          />
        </div>
      )}
    </>
  );
}
