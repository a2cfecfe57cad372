import { NavLink } from "react-router";
import { useWords } from "../i18n/LanguageProvider";

export function KnowledgeTabs() {
  const { t } = useWords();
  return (
    <nav className="tabs" aria-label={t("nav.knowledge")}>
      <NavLink to="/knowledge" end>
        {t("knowledge.library")}
      </NavLink>
      <NavLink to="/knowledge/search">{t("knowledge.bench")}</NavLink>
    </nav>
  );
}
