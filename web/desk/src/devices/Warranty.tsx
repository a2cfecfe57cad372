import { useWords } from "../i18n/LanguageProvider";
import { warrantyState } from "./warrantyState";

/** Whether the warranty runs, ends soon or is over, with its day. */
export function Warranty({ until }: { until: string | null }) {
  const { t, f } = useWords();
  const state = warrantyState(until, new Date());
  if (state === "unknown" || !until) {
    return <span className="warranty warranty-unknown">{t("warranty.unknown")}</span>;
  }
  return (
    <span className={`warranty warranty-${state}`}>
      {t(`warranty.${state}`, { date: f.date(until) })}
    </span>
  );
}
