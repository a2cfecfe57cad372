import { useWords } from "../i18n/LanguageProvider";

/** 1 to 5, as filled dots and a number; low ones in red. */
export function Csat({ score }: { score: number | null | undefined }) {
  const { t } = useWords();
  if (score === null || score === undefined) return <span className="quiet">–</span>;
  return (
    <span className="csat" data-csat={score} role="img" aria-label={t("feedback.csatOf", { score })}>
      <span aria-hidden className="csat-dots">
        {[1, 2, 3, 4, 5].map((at) => (
          <i key={at} data-on={at <= score || undefined} />
        ))}
      </span>
      <span aria-hidden className="figures">
        {score}
      </span>
    </span>
  );
}

/** 0 to 10 by its group: detractor, passive, promoter. */
export function Nps({ score }: { score: number | null | undefined }) {
  const { t } = useWords();
  if (score === null || score === undefined) return <span className="quiet">–</span>;
  const group = score >= 9 ? "promoter" : score >= 7 ? "passive" : "detractor";
  return (
    <span className="nps figures" data-nps={group} aria-label={t("feedback.npsOf", { score })}>
      {score}
    </span>
  );
}

export function ReasonTags({ codes }: { codes: string[] }) {
  const { t } = useWords();
  return (
    <span className="tag-row">
      {codes.map((code) => (
        <span key={code} className="tag">
          {t.label("surveyReason", code)}
        </span>
      ))}
    </span>
  );
}
