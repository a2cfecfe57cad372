import { useQuery } from "@tanstack/react-query";
import { NavLink } from "react-router";
import { libraryOverview } from "../api/faults";
import { useWords } from "../i18n/LanguageProvider";

/** The library and what waits for a review. */
export function FaultTabs() {
  const { t } = useWords();
  const found = useQuery({ queryKey: ["faults", "overview"], queryFn: libraryOverview });
  return (
    <nav className="tabs" aria-label={t("nav.faults")}>
      <NavLink to="/faults" end>
        {t("faults.library")}
      </NavLink>
      <NavLink to="/faults/review">
        {t("faults.review")}
        {!!found.data?.draft && <span className="tab-count figures">{found.data.draft}</span>}
      </NavLink>
      <NavLink to="/faults/try">{t("faults.try")}</NavLink>
    </nav>
  );
}
