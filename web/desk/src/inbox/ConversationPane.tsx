import { Drawer, Skeleton } from "antd";
import { useState } from "react";
import { useMay, useMe } from "../app/session";
import type { Message } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { Composer } from "./Composer";
import { Thread } from "./Thread";
import { ThreadHead } from "./ThreadHead";
import { TraceDrawer } from "./TraceDrawer";
import { SidePanel } from "./side/SidePanel";
import { useOutbox } from "./useOutbox";
import { useConversation, useMessages, useRead } from "./useConversation";

export interface Side {
  kind: "drawer" | "column";
  open: boolean;
  setOpen: (open: boolean) => void;
}

interface Props {
  id: string;
  side: Side;
  /** Given where the list is not beside it. */
  back?: () => void;
}

export function ConversationPane({ id, side, back }: Props) {
  const { t } = useWords();
  const me = useMe();
  const file = useConversation(id);
  const messages = useMessages(id);
  const outbox = useOutbox(id, me);
  const mayWrite = useMay("conversations:write");
  const [explained, setExplained] = useState<Message>();
  useRead(id, file.data?.conversation.unread ?? 0, mayWrite);

  if (file.isPending) {
    return (
      <div className="thread" aria-busy aria-label={t("state.loading")}>
        <Skeleton active className="thread-skeleton" paragraph={{ rows: 10 }} />
      </div>
    );
  }
  if (!file.data) {
    return (
      <div className="thread">
        <ErrorState error={file.error} retry={() => file.refetch()} />
      </div>
    );
  }
  const { conversation } = file.data;
  const panel = <SidePanel file={file.data} />;
  return (
    <>
      <section className="thread" aria-label={t("inbox.conversation")}>
        <ThreadHead conversation={conversation} side={side} back={back} mayWrite={mayWrite} />
        <Thread
          id={id}
          messages={messages}
          pending={outbox.pending}
          onRetry={outbox.retry}
          onDrop={outbox.drop}
          onExplain={setExplained}
        />
        {mayWrite && <Composer conversation={conversation} send={outbox.send} />}
      </section>
      {side.kind === "column" && side.open && (
        <aside className="side" aria-label={t("side.title")}>
          {panel}
        </aside>
      )}
      {side.kind === "drawer" && (
        <Drawer
          open={side.open}
          onClose={() => side.setOpen(false)}
          title={t("side.title")}
          size={380}
          styles={{ body: { padding: 0 } }}
        >
          {panel}
        </Drawer>
      )}
      <TraceDrawer message={explained} onClose={() => setExplained(undefined)} />
    </>
  );
}
