import { WarningOutlined } from "@ant-design/icons";
import type { Part } from "../../api/types";
import { useWords } from "../../i18n/LanguageProvider";
import { Markdown } from "../../ui/Markdown";
import { OptionList } from "./OptionList";

export function StepCard({ step }: { step: Extract<Part, { kind: "step" }> }) {
  const { t } = useWords();
  return (
    <div className="card card-ai">
      <header>
        <strong>{step.title}</strong>
        <span>{t("part.step", { index: step.index, total: step.total })}</span>
      </header>
      {(step.hazards ?? []).map((hazard) => (
        <p key={hazard} className="hazard">
          <WarningOutlined aria-hidden /> {hazard}
        </p>
      ))}
      <Markdown text={step.text} />
      <OptionList options={step.options ?? []} />
    </div>
  );
}
