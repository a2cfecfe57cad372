import type { RunStep } from "../api/sop";
import { useWords } from "../i18n/LanguageProvider";
import { Icon } from "../ui/Icon";
import { Tag } from "../ui/States";

type Recorded = NonNullable<RunStep["record"]>;
export const OUTCOME_TONE: Record<string, string> = { done: "green", passed: "green", failed: "red", skipped: "amber" };

/** What was written down at a step, by whom and when. */
export function RecordCard({ step, record }: { step: RunStep; record: Recorded }) {
  const { t, f } = useWords();
  const chosen = step.options.find((one) => one.id === record.option);
  return (
    <section className="card" aria-label={t("sop.recorded")}>
      <p className="line">
        <Tag tone={OUTCOME_TONE[record.outcome]}>{t.label("outcome", record.outcome)}</Tag>
        {record.value !== null && (
          <span className="figures strong">
            {f.number(record.value, 6)} {step.reading?.unit}
          </span>
        )}
        {chosen && <span className="strong">{chosen.label}</span>}
        {record.signed_by && (
          <span>
            <Icon name="pen" small /> {record.signed_by}
          </span>
        )}
      </p>
      {record.note && <p className="prose">{record.note}</p>}
      {record.photos.length > 0 && (
        <ul className="photos">
          {record.photos.map((photo, index) => (
            <li key={photo.id}>
              <img src={photo.url} width="120" height="120" loading="lazy" alt={`${step.title} ${index + 1}`} />
            </li>
          ))}
        </ul>
      )}
      <p className="quiet">
        {record.actor} · {f.dateTime(record.happened_at)}
      </p>
    </section>
  );
}
