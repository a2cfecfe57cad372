import { DownOutlined } from "@ant-design/icons";
import type { UseQueryResult } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Message } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { useTyping } from "../live/typing";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { MessageView } from "./MessageView";
import { PendingMessage } from "./PendingMessage";
import { byDay, localDay } from "./messages";
import type { Outgoing } from "./useOutbox";

interface Props {
  id: string;
  messages: UseQueryResult<Message[]>;
  pending: Outgoing[];
  onRetry: (one: Outgoing) => void;
  onDrop: (key: string) => void;
  onExplain: (message: Message) => void;
}

const NEAR_END_PX = 120;

/** The messages, day by day; it stays at the end unless the reader has scrolled up. */
export function Thread({ id, messages, pending, onRetry, onDrop, onExplain }: Props) {
  const { t } = useWords();
  const typing = useTyping(id);
  const pane = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const days = useMemo(() => byDay(messages.data ?? []), [messages.data]);
  const sent = useMemo(
    () => new Set(messages.data?.map((one) => one.client_msg_id)),
    [messages.data],
  );
  const onTheWay = pending.filter((one) => !sent.has(one.key));
  const length = (messages.data?.length ?? 0) + onTheWay.length;

  const toEnd = () => pane.current?.scrollTo({ top: pane.current.scrollHeight });
  useLayoutEffect(() => {
    if (atEnd) toEnd();
  }, [length, typing, atEnd]);
  useEffect(() => {
    const element = pane.current?.firstElementChild;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (atEnd) toEnd();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [atEnd]);
  const onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = pane.current!;
    setAtEnd(scrollHeight - scrollTop - clientHeight < NEAR_END_PX);
  };

  return (
    <div className="thread-pane">
      <div className="thread-scroll" ref={pane} onScroll={onScroll} tabIndex={0} role="log">
        <div className="thread-inner">
          {messages.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
          {messages.isError && !messages.data && (
            <ErrorState error={messages.error} retry={() => messages.refetch()} />
          )}
          {messages.data && length === 0 && <EmptyState title={t("thread.empty")} />}
          {days.map(({ day, messages: written }) => (
            <section key={day}>
              <DayLine day={day} />
              {written.map((message) => (
                <MessageView key={message.seq} message={message} onExplain={onExplain} />
              ))}
            </section>
          ))}
          {onTheWay.map((one) => (
            <PendingMessage
              key={one.key}
              outgoing={one}
              onRetry={() => onRetry(one)}
              onDrop={() => onDrop(one.key)}
            />
          ))}
          {typing && <p className="thread-typing">{t("thread.typing")}</p>}
        </div>
      </div>
      {!atEnd && (
        <Button
          className="thread-end"
          size="small"
          icon={<DownOutlined />}
          onClick={() => {
            setAtEnd(true);
            toEnd();
          }}
        >
          {t("thread.toEnd")}
        </Button>
      )}
    </div>
  );
}

function DayLine({ day }: { day: string }) {
  const { t, f } = useWords();
  const today = localDay(new Date().toISOString());
  const yesterday = localDay(new Date(Date.now() - 86_400_000).toISOString());
  const text =
    day === today ? t("time.today") : day === yesterday ? t("time.yesterday") : f.date(day);
  return (
    <h3 className="thread-day">
      <span>{text}</span>
    </h3>
  );
}
