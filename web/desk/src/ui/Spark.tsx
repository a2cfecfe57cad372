import { useWords } from "../i18n/LanguageProvider";

/** Stands beside everything that a machine wrote. */
export function Spark() {
  const { t } = useWords();
  return (
    <svg className="spark" viewBox="0 0 16 16" role="img" aria-label={t("ai.written")}>
      <path
        fill="currentColor"
        d="M8 0.8 9.6 6.4 15.2 8 9.6 9.6 8 15.2 6.4 9.6 0.8 8 6.4 6.4Z"
      />
    </svg>
  );
}
