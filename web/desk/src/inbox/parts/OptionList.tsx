import type { Option } from "../../api/types";
import { useWords } from "../../i18n/LanguageProvider";

/** Buttons that the customer was shown; here they only tell what was offered. */
export function OptionList({ options }: { options: Option[] }) {
  const { t } = useWords();
  if (options.length === 0) return null;
  return (
    <ul className="options" aria-label={t("part.options")}>
      {options.map((option) => (
        <li key={option.value}>{option.label}</li>
      ))}
    </ul>
  );
}
