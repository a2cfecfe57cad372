import { NavLink } from "react-router";
import { useMay } from "../app/session";
import { useWords } from "../i18n/LanguageProvider";

/** The three pages about promises. */
export function PromiseTabs() {
  const { t } = useWords();
  const mayRules = useMay("contracts:read");
  return (
    <nav className="tabs" aria-label={t("nav.promises")}>
      <NavLink to="/promises" end>
        {t("promises.overview")}
      </NavLink>
      {mayRules && <NavLink to="/promises/policies">{t("promises.policies")}</NavLink>}
      {mayRules && <NavLink to="/promises/calendars">{t("promises.calendars")}</NavLink>}
    </nav>
  );
}
