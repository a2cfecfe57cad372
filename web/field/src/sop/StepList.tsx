import type { RunFile } from "../api/sop";
import { useWords } from "../i18n/LanguageProvider";
import { Icon } from "../ui/Icon";
import { Tag } from "../ui/States";

interface Props {
  run: RunFile;
  next: string;
  onPick: (step: string) => void;
}

/** All steps with where each stands; those that were done, and the next one, open by a tap. */
export function StepList({ run, next, onPick }: Props) {
  const { t } = useWords();
  return (
    <ol className="card rows" aria-label={t("sop.steps")}>
      {run.steps.map((step) => (
        <li key={step.id}>
          <button
            type="button" className="row-link" disabled={!step.record && step.id !== next}
            aria-current={step.id === next ? "step" : undefined} onClick={() => onPick(step.id)}
          >
            <span className="figures quiet">{step.number}</span>
            <span className={step.state === "off_way" ? "row-main quiet wrap" : "row-main wrap"}>{step.title}</span>
            {step.hazard !== "none" && (
              <span className={`hazard-mark ${step.hazard}`}>
                <Icon name="warn" small />
                <span className="spoken-only">{t.label("hazard", step.hazard)}</span>
              </span>
            )}
            <Tag tone={step.id === next ? "teal" : TONE[step.state]}>{t.label("stepState", step.id === next ? "next" : step.state)}</Tag>
          </button>
        </li>
      ))}
    </ol>
  );
}

const TONE: Record<string, string> = { done: "green", passed: "green", failed: "red", skipped: "amber", waiting: "amber" };
