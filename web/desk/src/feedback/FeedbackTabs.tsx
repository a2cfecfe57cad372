import { NavLink } from "react-router";
import { useMay } from "../app/session";
import { useWords } from "../i18n/LanguageProvider";

/** The pages about what customers say. */
export function FeedbackTabs() {
  const { t } = useWords();
  const maySet = useMay("settings:write");
  return (
    <nav className="tabs" aria-label={t("nav.feedback")}>
      <NavLink to="/feedback" end>
        {t("feedback.overview")}
      </NavLink>
      <NavLink to="/feedback/answers">{t("feedback.answers")}</NavLink>
      <NavLink to="/feedback/callbacks">{t("feedback.callbacks")}</NavLink>
      {maySet && <NavLink to="/feedback/settings">{t("feedback.settings")}</NavLink>}
    </nav>
  );
}
