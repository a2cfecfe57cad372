import type { Message, Part } from "../../api/types";
import { useWords } from "../../i18n/LanguageProvider";

interface Props {
  notice: Extract<Part, { kind: "notice" }>;
  message: Message;
}

/** A line about the conversation itself: who joined, who waits, that it is closed. */
export function NoticeLine({ notice, message }: Props) {
  const { t, f } = useWords();
  const text =
    notice.event === "person_joined"
      ? t("notice.person_joined", { name: message.author_name })
      : t.label("notice", notice.event);
  const wait =
    notice.event === "waiting" && notice.wait_minutes
      ? ` · ${t("notice.expected", { count: notice.wait_minutes })}`
      : "";
  return (
    <p className="notice">
      {text}
      {wait} <time dateTime={message.created_at}>{f.time(message.created_at)}</time>
    </p>
  );
}
