import { useWords } from "../i18n/LanguageProvider";
import { moneyText } from "./money";
import type { Money } from "./money";

/** An amount of money, written as the reader's language does; nothing where there is none. */
export function MoneyText({ money }: { money: Money | null | undefined }) {
  const { f } = useWords();
  if (!money) return null;
  return <span className="figures nowrap">{moneyText(money, f.locale)}</span>;
}
