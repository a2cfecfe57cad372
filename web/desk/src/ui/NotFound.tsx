import { Link } from "react-router";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "./EmptyState";

export function NotFound() {
  const { t } = useWords();
  return (
    <EmptyState title={t("error.noPage")}>
      <Link to="/">{t("error.home")}</Link>
    </EmptyState>
  );
}
