import { LockOutlined, QuestionCircleOutlined } from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import { memo } from "react";
import { useWords } from "../i18n/LanguageProvider";
import type { Message } from "../api/types";
import { Markdown } from "../ui/Markdown";
import { Spark } from "../ui/Spark";
import { Attachments } from "./Attachments";
import { NoticeLine } from "./parts/NoticeLine";
import { PartView } from "./parts/PartView";

interface Props {
  message: Message;
  onExplain: (message: Message) => void;
}

/** One message. Violet with a spark: a machine wrote it. Amber: only colleagues see it. */
export const MessageView = memo(function MessageView({ message, onExplain }: Props) {
  const { t, f } = useWords();
  if (message.author === "system") return <SystemLines message={message} />;
  const kind = message.internal ? "note" : message.author;
  const explainable = message.author === "bot" && Object.keys(message.trace ?? {}).length > 0;
  return (
    <article className={`message message-${kind}`} data-seq={message.seq}>
      <header>
        <Author message={message} />
        <time dateTime={message.created_at} title={f.dateTime(message.created_at)}>
          {f.time(message.created_at)}
        </time>
        {explainable && (
          <Tooltip title={t("trace.why")}>
            <Button
              type="text"
              size="small"
              className="message-why"
              icon={<QuestionCircleOutlined />}
              aria-label={t("trace.why")}
              onClick={() => onExplain(message)}
            />
          </Tooltip>
        )}
      </header>
      {message.text && (
        <div className="bubble" dir="auto" lang={message.language || undefined}>
          {message.author === "bot" ? (
            <Markdown text={message.text} />
          ) : (
            <p className="plain">{message.text}</p>
          )}
          {message.truncated && <small className="bubble-cut">{t("thread.truncated")}</small>}
        </div>
      )}
      <Attachments files={message.attachments} />
      {message.parts.map((part, index) => (
        <PartView key={index} part={part} />
      ))}
    </article>
  );
});

function Author({ message }: { message: Message }) {
  const { t } = useWords();
  if (message.internal) {
    return (
      <span className="message-author">
        <LockOutlined /> {t("thread.note", { name: message.author_name })}
      </span>
    );
  }
  if (message.author === "bot") {
    return (
      <span className="message-author">
        <Spark /> {message.author_name || t("owner.bot")}
      </span>
    );
  }
  const name = message.author_name || t.label("author", message.author);
  return <span className="message-author">{name}</span>;
}

function SystemLines({ message }: { message: Message }) {
  return (
    <>
      {message.parts.map((part, index) =>
        part.kind === "notice" ? (
          <NoticeLine key={index} notice={part} message={message} />
        ) : (
          <PartView key={index} part={part} />
        ),
      )}
      {message.text && <p className="notice">{message.text}</p>}
    </>
  );
}
