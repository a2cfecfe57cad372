import { Select } from "antd";
import { useWords } from "../i18n/LanguageProvider";
import { Field } from "./StepForm";
import type { Content, Step } from "./api";
import { ON_FAIL, inLanguage } from "./terms";

interface Props {
  content: Content;
  index: number;
  language: string;
  change: (part: Partial<Step>, typing?: string) => void;
}

/** Places a branch may lead to: the steps by number and name, and the ends. */
export function useTargets(content: Content, index: number, language: string, ends: string[]) {
  const { t } = useWords();
  const steps = content.steps.map((step, place) => ({
    value: step.id,
    label: `${place + 1}. ${inLanguage(step.title, language) || t("sop.untitled")}`,
  }));
  return [
    { value: "", label: t("sop.nextInOrder", { number: index + 2 }) },
    ...ends.map((value) => ({ value, label: t.label("sopTarget", value) })),
    ...steps,
  ];
}

/** Where the step leads when it went well, and when it failed. */
export function BranchFields({ content, index, language, change }: Props) {
  const { t } = useWords();
  const step = content.steps[index];
  const onward = useTargets(content, index, language, ["end"]);
  const failed = useTargets(content, index, language, []).slice(1);
  if (!step) return null;
  return (
    <div className="form-two branch">
      <Field label={t("sop.then")}>
        <Select
          value={step.then}
          aria-label={t("sop.then")}
          options={onward}
          showSearch={{ optionFilterProp: "label" }}
          onChange={(then) => change({ then })}
        />
      </Field>
      {step.kind !== "choice" && (
        <Field label={t("sop.onFail")}>
          <Select
            value={step.on_fail}
            aria-label={t("sop.onFail")}
            options={ON_FAIL.map((value) => ({ value, label: t.label("sopOnFail", value) }))}
            onChange={(on_fail) => change({ on_fail, goto: on_fail === "goto" ? step.goto : "" })}
          />
          {step.on_fail === "goto" && (
            <Select
              value={step.goto || undefined}
              placeholder={t("sop.pickStep")}
              aria-label={t("sop.failStep")}
              options={failed}
              showSearch={{ optionFilterProp: "label" }}
              onChange={(goto) => change({ goto })}
            />
          )}
        </Field>
      )}
    </div>
  );
}
