import { useWords } from "../i18n/LanguageProvider";
import type { Content } from "./api";
import { HazardTag, useRoleText } from "./bits";
import { inLanguage } from "./terms";

interface Props {
  content: Content;
  language: string;
  selected: number;
  onSelect: (index: number) => void;
}

/** The steps in their order, to be read. */
export function StepOutline({ content, language, selected, onSelect }: Props) {
  const { t } = useWords();
  const roleText = useRoleText();
  return (
    <ol className="outline">
      {content.steps.map((step, index) => (
        <li key={step.id}>
          <button
            type="button"
            className="outline-step"
            aria-current={index === selected ? "step" : undefined}
            onClick={() => onSelect(index)}
          >
            <span className="outline-number figures">{index + 1}</span>
            <span className="outline-words">
              <span>{inLanguage(step.title, language) || step.id}</span>
              <span className="quiet">
                {[
                  t.label("sopKind", step.kind),
                  step.role !== "anyone" && roleText(step.role),
                  step.required && t("sop.required"),
                  step.minutes > 0 && t("sop.minutesCount", { count: step.minutes }),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </span>
            <HazardTag hazard={step.hazard} />
          </button>
        </li>
      ))}
    </ol>
  );
}
