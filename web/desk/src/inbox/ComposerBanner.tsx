import type { ConversationDetail } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";

interface Props {
  conversation: ConversationDetail;
  kind: "reply" | "note";
  byColleague: boolean;
}

/** What sending will do, or why it cannot be done. */
export function ComposerBanner({ conversation, kind, byColleague }: Props) {
  const { t } = useWords();
  const text = (() => {
    if (kind === "note") return t("composer.noteHint");
    if (conversation.state === "closed") return t("composer.closed");
    if (byColleague) return t("composer.colleague", { name: conversation.owner_name });
    if (conversation.owner === "bot") return t("composer.takesFromBot");
    return conversation.owner === "queue" ? t("composer.takesFromQueue") : "";
  })();
  return text ? <span className="composer-banner">{text}</span> : null;
}
