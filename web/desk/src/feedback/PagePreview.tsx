import type { SettingsPreview } from "../api/feedback";
import { useWords } from "../i18n/LanguageProvider";

/** How page, message and mail look with these settings, in one of their languages. */
export function PagePreview({ preview }: { preview: SettingsPreview }) {
  const { t } = useWords();
  const { survey } = preview;
  return (
    <>
      <div className="phone" lang={survey.language}>
        <strong>{survey.maker}</strong>
        {survey.intro && <p>{survey.intro}</p>}
        {survey.ask_csat && (
          <div className="phone-scale" aria-hidden>
            {[1, 2, 3, 4, 5].map((score) => (
              <span key={score}>{score}</span>
            ))}
          </div>
        )}
        {survey.ask_nps && (
          <div className="phone-scale phone-scale-long" aria-hidden>
            {Array.from({ length: 11 }, (_, score) => (
              <span key={score}>{score}</span>
            ))}
          </div>
        )}
        <span className="tag-row">
          {survey.reasons.map((reason) => (
            <span key={reason.code} className="tag">
              {reason.label}
            </span>
          ))}
        </span>
        {survey.ask_comment && <div className="phone-words" aria-hidden />}
        <small className="quiet">{survey.consent}</small>
      </div>
      <h3>{t("surveyWay.chat")}</h3>
      <p className="plain preview-text" lang={survey.language}>{preview.message}</p>
      <h3>{t("surveyWay.mail")}</h3>
      <p className="plain preview-text" lang={survey.language}>
        <strong>{preview.subject}</strong>
        {"\n\n"}
        {preview.text}
      </p>
    </>
  );
}
