import { Button } from "antd";
import { useWords } from "../i18n/LanguageProvider";
import type { Outgoing } from "./useOutbox";

interface Props {
  outgoing: Outgoing;
  onRetry: () => void;
  onDrop: () => void;
}

/** A message on its way, or one that did not arrive. */
export function PendingMessage({ outgoing, onRetry, onDrop }: Props) {
  const { t } = useWords();
  const kind = outgoing.kind === "note" ? "note" : "agent";
  return (
    <article className={`message message-${kind} message-pending`}>
      <header>
        <span className="message-author">{outgoing.author}</span>
        {!outgoing.failure && <span>{t("thread.sending")}</span>}
      </header>
      {outgoing.text && (
        <div className="bubble">
          <p className="plain">{outgoing.text}</p>
        </div>
      )}
      {outgoing.attachments.map((file) => (
        <small key={file.id}>{file.name}</small>
      ))}
      {outgoing.failure && (
        <div className="message-failed" role="alert">
          <span>{t("thread.failed", { reason: outgoing.failure })}</span>
          <Button size="small" onClick={onRetry}>
            {t("act.retry")}
          </Button>
          <Button size="small" type="text" onClick={onDrop}>
            {t("act.discard")}
          </Button>
        </div>
      )}
    </article>
  );
}
