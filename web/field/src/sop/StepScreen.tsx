import { useState } from "react";
import { Link } from "react-router";
import type { RunFile, RunStep } from "../api/sop";
import { useWords } from "../i18n/LanguageProvider";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { Note, Tag } from "../ui/States";
import { HazardGate } from "./HazardGate";
import { RecordCard } from "./RecordCard";
import { StepForm } from "./StepForm";
import { gated } from "./branch";

interface Props {
  run: RunFile;
  step: RunStep;
  number: string;
  /** Whether this is the step that comes next; others are looked at, or corrected. */
  current: boolean;
  onDone: (following: string) => void;
  onBack: (step: string) => void;
  onNext: () => void;
}

/** One step: what to do, what is dangerous in it, what is written down. */
export function StepScreen({ run, step, number, current, onDone, onBack, onNext }: Props) {
  const { t } = useWords();
  const [confirmed, setConfirmed] = useState(false);
  const [correcting, setCorrecting] = useState(false);
  const open = current || correcting;
  const closed = gated(step) && !confirmed && !correcting;
  const place = run.path.indexOf(step.id);
  const before = place > 0 ? run.path[place - 1] : current ? run.path.at(-1) : undefined;
  return (
    <article className="form step" aria-labelledby="step-title">
      <header>
        <h2 id="step-title" className="step-title wrap">
          {step.title || t("sop.untitled", { n: step.number })}
        </h2>
        <p className="line">
          <Tag>{t.label("stepKind", step.kind)}</Tag>
          {step.minutes > 0 && <Tag>{t("sop.minutes", { n: step.minutes })}</Tag>}
          {!step.required && <Tag>{t("sop.mayBeLeft")}</Tag>}
          {step.fallback && <Tag tone="amber">{t("sop.otherLanguage", { language: step.language })}</Tag>}
        </p>
      </header>
      {step.text && <p className="prose step-text">{step.text}</p>}
      <Needs step={step} number={number} />
      {gated(step) && (
        <HazardGate step={step} confirmed={confirmed || (!current && !correcting)} onConfirm={setConfirmed} locked={!current} />
      )}
      {!step.may && current && (
        <Note tone="amber" role="note">
          {t("sop.mayNot", { role: t.label("sopRole", step.role.split(":")[0] ?? ""), skill: step.role.split(":")[1] ?? "" })}
        </Note>
      )}
      {step.record && !current && <RecordCard step={step} record={step.record} />}
      {open ? (
        <StepForm
          run={run} step={step} number={number} locked={closed || !step.may}
          hazardConfirmed={confirmed} corrects={correcting ? step.record?.id : undefined}
          onDone={onDone}
        />
      ) : (
        step.record && (
          <Button kind="quiet" icon="pen" onClick={() => setCorrecting(true)}>
            {t("sop.correct")}
          </Button>
        )
      )}
      <div className="buttons">
        {before && (
          <Button kind="bare" icon="back" onClick={() => onBack(before)}>
            {t("sop.back")}
          </Button>
        )}
        {!current && (
          <Button kind="bare" onClick={onNext}>
            {t("sop.toNext")}
            <Icon name="next" small />
          </Button>
        )}
      </div>
    </article>
  );
}

/** Tools to hold and parts to use at a step. */
function Needs({ step, number }: { step: RunStep; number: string }) {
  const { t } = useWords();
  if (step.tools.length === 0 && step.parts.length === 0) return null;
  return (
    <div className="note">
      <Icon name="tool" small />
      <div>
        {step.tools.length > 0 && <p className="wrap">{step.tools.join(" · ")}</p>}
        {step.parts.map((one) => (
          <p key={one.part}>
            <Link className="figures" to={`/visits/${number}/parts?part=${encodeURIComponent(one.part)}&quantity=${one.quantity}`}>
              {one.part} × {one.quantity}
            </Link>{" "}
            {one.name}
          </p>
        ))}
        {step.parts.length > 0 && <p className="quiet">{t("sop.partsHint")}</p>}
      </div>
    </div>
  );
}
