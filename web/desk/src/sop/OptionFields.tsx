import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input, Select } from "antd";
import { useWords } from "../i18n/LanguageProvider";
import { useTargets } from "./BranchFields";
import { Field } from "./StepForm";
import type { Content, Option, Step } from "./api";

interface Props {
  content: Content;
  index: number;
  languages: string[];
  change: (part: Partial<Step>, typing?: string) => void;
}

/** The answers of a choice, and where each leads. */
export function OptionFields({ content, index, languages, change }: Props) {
  const { t, f } = useWords();
  const step = content.steps[index];
  const targets = useTargets(content, index, languages[0] ?? "en", ["end", "stop"]);
  if (!step) return null;
  const set = (place: number, part: Partial<Option>, typing = "") =>
    change({ options: step.options.map((one, at) => (at === place ? { ...one, ...part } : one)) }, typing);
  const add = () => {
    const taken = new Set(step.options.map((one) => one.id));
    const id = [..."abcdefghijklmnopqrstuvwxyz"].find((letter) => !taken.has(letter));
    if (id) change({ options: [...step.options, { id, label: {}, goto: "" }] });
  };
  return (
    <Field label={t("sop.options")}>
      {step.options.map((one, place) => (
        <div key={one.id} className="option-row">
          <div className="pair" data-count={languages.length}>
            {languages.map((code) => (
              <Input
                key={code}
                value={one.label[code] ?? ""}
                maxLength={200}
                placeholder={f.languageName(code)}
                aria-label={`${t("sop.answerNo", { number: place + 1 })} (${f.languageName(code)})`}
                onChange={(event) =>
                  set(place, { label: { ...one.label, [code]: event.target.value } }, `option.${place}.${code}`)
                }
              />
            ))}
          </div>
          <Select
            value={one.goto}
            options={targets}
            aria-label={t("sop.answerLeads", { number: place + 1 })}
            showSearch={{ optionFilterProp: "label" }}
            onChange={(goto) => set(place, { goto })}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t("sop.removeAnswer", { number: place + 1 })}
            onClick={() => change({ options: step.options.filter((_, at) => at !== place) })}
          />
        </div>
      ))}
      <Button size="small" icon={<PlusOutlined />} disabled={step.options.length >= 20} onClick={add}>
        {t("sop.addAnswer")}
      </Button>
    </Field>
  );
}
