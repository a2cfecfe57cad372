import type { RunStep } from "../api/sop";
import { useWords } from "../i18n/LanguageProvider";
import { Icon } from "../ui/Icon";

interface Props {
  step: RunStep;
  confirmed: boolean;
  /** Only looked at: nothing to confirm. */
  locked: boolean;
  onConfirm: (confirmed: boolean) => void;
}

/** What can hurt at a step, in red, with a confirmation before anything can be written down. */
export function HazardGate({ step, confirmed, locked, onConfirm }: Props) {
  const { t } = useWords();
  return (
    <section className={`hazard ${step.hazard}`} aria-label={t.label("hazard", step.hazard)}>
      <p className="hazard-word">
        <Icon name={step.hazard === "danger" ? "stop" : "warn"} />
        {t.label("hazard", step.hazard)}
      </p>
      <p className="prose">{step.safety || t("sop.hazardGeneral")}</p>
      {!locked && (
        <label className="check hazard-check">
          <input type="checkbox" checked={confirmed} onChange={(event) => onConfirm(event.target.checked)} />
          <span className="strong">{t("sop.hazardConfirm")}</span>
        </label>
      )}
    </section>
  );
}
