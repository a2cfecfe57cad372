import { useColleagues } from "../app/presence";
import { useWords } from "../i18n/LanguageProvider";
import { useEngineerName } from "../visits/useEngineers";

/** Who acted, in words: a colleague by name, others by what they are, anything else as it stands. */
export function useActorText(): (actor: string) => string {
  const { t } = useWords();
  const colleagues = useColleagues();
  const nameOf = useEngineerName();
  return (actor) => {
    const [kind = "", id = ""] = actor.split(":");
    if (kind === "contact") return t("author.customer");
    if (kind === "user") return colleagues.find((one) => one.id === id)?.name ?? t("author.agent");
    return nameOf(t.label("actor", actor));
  };
}
