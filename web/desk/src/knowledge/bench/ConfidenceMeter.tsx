import { useWords } from "../../i18n/LanguageProvider";

/** How sure the bot is, 0 to 1, and what makes it so. */
export function ConfidenceMeter({ value, reasons }: { value: number; reasons: string[] }) {
  const { t, f } = useWords();
  const share = Math.max(0, Math.min(1, value));
  const level = share >= 0.7 ? "high" : share >= 0.4 ? "middle" : "low";
  const percent = `${f.number(share * 100)} %`;
  return (
    <div className="confidence">
      <span>{t("trace.confidence")}</span>
      <span
        className="meter"
        role="meter"
        aria-label={t("trace.confidence")}
        aria-valuemin={0}
        aria-valuemax={1}
        aria-valuenow={share}
        aria-valuetext={percent}
      >
        <i data-level={level} style={{ inlineSize: `${share * 100}%` }} />
      </span>
      <strong className="figures">{percent}</strong>
      {reasons.length > 0 && (
        <ul aria-label={t("trace.reasons")}>
          {reasons.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
