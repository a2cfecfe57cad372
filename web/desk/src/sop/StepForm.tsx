import { Checkbox, Input, InputNumber, Segmented, Select } from "antd";
import type { ReactNode } from "react";
import { useWords } from "../i18n/LanguageProvider";
import { BranchFields } from "./BranchFields";
import { NeedFields } from "./NeedFields";
import { OptionFields } from "./OptionFields";
import { useProblemText } from "./ProblemList";
import { FieldProblems, TextPair } from "./TextPair";
import type { Content, Problem, Step } from "./api";
import { ofKind } from "./editing";
import { CERTIFIED, HAZARDS, KINDS, PLAIN_ROLES } from "./terms";

interface Props {
  content: Content;
  index: number;
  languages: string[];
  problems: Problem[];
  change: (part: Partial<Step>, typing?: string) => void;
}

/** Everything that a step says, in the order in which it is thought of. */
export function StepForm({ content, index, languages, problems, change }: Props) {
  const { t } = useWords();
  const problemText = useProblemText();
  const step = content.steps[index];
  if (!step) return null;
  const of = (...fields: string[]) => problems.filter((one) => fields.includes(one.field ?? ""));
  const pair = { languages, problems };
  return (
    <>
      <FieldProblems problems={of("", "id")} text={problemText} />
      <Field label={t("sop.kind")}>
        <Segmented
          value={step.kind}
          options={KINDS.map((value) => ({ value, label: t.label("sopKind", value) }))}
          onChange={(kind) => change(ofKind(step, kind))}
        />
        <p className="quiet">{t.label("sopKindHint", step.kind)}</p>
      </Field>
      <TextPair {...pair} label={t("sop.stepTitle")} field="title" texts={step.title} max={200} onChange={(title, typing) => change({ title }, typing)} />
      <TextPair {...pair} label={t("sop.text")} field="text" texts={step.text} max={4000} rows={3} onChange={(text, typing) => change({ text }, typing)} />
      <div className="hazard-block" data-hazard={step.hazard}>
        <Field label={t("sop.hazard")}>
          <Segmented
            value={step.hazard}
            options={HAZARDS.map((value) => ({ value, label: t.label("sopHazard", value) }))}
            onChange={(hazard) => change({ hazard })}
          />
          <FieldProblems problems={of("hazard")} text={problemText} />
        </Field>
        {step.hazard !== "none" && (
          <TextPair {...pair} label={t("sop.safety")} field="safety" texts={step.safety} max={4000} rows={2} onChange={(safety, typing) => change({ safety }, typing)} />
        )}
        <RoleField role={step.role} onChange={(role, typing) => change({ role }, typing)} />
        <FieldProblems problems={of("role")} text={problemText} />
        <Checkbox checked={step.required} onChange={(event) => change({ required: event.target.checked })}>
          {t("sop.requiredStep")}
        </Checkbox>
      </div>
      {step.kind === "reading" && <ReadingFields step={step} change={change} />}
      <FieldProblems problems={of("reading")} text={problemText} />
      <Field label={t("sop.photosMin")} inline>
        <InputNumber
          min={0}
          max={20}
          precision={0}
          value={step.photos_min}
          onChange={(value) => change({ photos_min: value ?? 0 }, "photos_min")}
        />
      </Field>
      <FieldProblems problems={of("photos_min")} text={problemText} />
      {step.kind === "choice" && (
        <OptionFields content={content} index={index} languages={languages} change={change} />
      )}
      <FieldProblems problems={of("options")} text={problemText} />
      <BranchFields content={content} index={index} language={languages[0] ?? "en"} change={change} />
      <FieldProblems problems={of("goto", "then")} text={problemText} />
      <Field label={t("sop.minutesStep")} inline>
        <InputNumber
          min={0}
          max={10_000}
          precision={0}
          value={step.minutes}
          onChange={(minutes) => change({ minutes: minutes ?? 0 }, "minutes")}
        />
      </Field>
      <NeedFields
        parts={step.parts}
        tools={step.tools}
        onParts={(parts) => change({ parts }, "parts")}
        onTools={(tools) => change({ tools })}
      />
      <FieldProblems problems={of("parts")} text={problemText} />
    </>
  );
}

export function Field({ label, inline, children }: { label: string; inline?: boolean; children: ReactNode }) {
  return (
    <div className={inline ? "field field-inline" : "field"} role="group" aria-label={label}>
      <span className="field-label">{label}</span>
      <div className="field-body">{children}</div>
    </div>
  );
}

function RoleField({ role, onChange }: { role: string; onChange: (role: string, typing?: string) => void }) {
  const { t } = useWords();
  const certified = role.startsWith(CERTIFIED);
  return (
    <Field label={t("sop.role")}>
      <div className="role-field">
        <Select
          value={certified ? "certified" : role}
          aria-label={t("sop.role")}
          options={[
            ...PLAIN_ROLES.map((value) => ({ value: value as string, label: t.label("sopRole", value) })),
            { value: "certified", label: t.label("sopRole", "certified") },
          ]}
          onChange={(value) => onChange(value === "certified" ? `${CERTIFIED}${t("sop.skillExample")}` : value)}
        />
        {certified && (
          <Input
            value={role.slice(CERTIFIED.length)}
            maxLength={60}
            aria-label={t("sop.skill")}
            placeholder={t("sop.skill")}
            onChange={(event) => {
              const skill = event.target.value.replace(/[:\s]/g, "");
              if (skill) onChange(`${CERTIFIED}${skill}`, "role");
            }}
          />
        )}
      </div>
    </Field>
  );
}

function ReadingFields({ step, change }: { step: Step; change: Props["change"] }) {
  const { t } = useWords();
  const reading = step.reading ?? { unit: "", low: null, high: null };
  const set = (part: Partial<typeof reading>, typing: string) => change({ reading: { ...reading, ...part } }, typing);
  return (
    <div className="form-three">
      <Field label={t("sop.unit")}>
        <Input value={reading.unit} maxLength={20} aria-label={t("sop.unit")} onChange={(event) => set({ unit: event.target.value }, "unit")} />
      </Field>
      <Field label={t("sop.low")}>
        <InputNumber value={reading.low} aria-label={t("sop.low")} onChange={(low) => set({ low }, "low")} />
      </Field>
      <Field label={t("sop.high")}>
        <InputNumber value={reading.high} aria-label={t("sop.high")} onChange={(high) => set({ high }, "high")} />
      </Field>
    </div>
  );
}
