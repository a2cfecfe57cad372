import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import * as api from "../api/conversations";
import type { Attachment, Me, Message } from "../api/types";
import { useFailureText } from "../ui/useFailureText";
import { mergeMessages } from "./messages";

export interface Outgoing {
  key: string;
  kind: "reply" | "note";
  text: string;
  attachments: Attachment[];
  author: string;
  /** Why it has not arrived; empty while it is on its way. */
  failure: string;
}

export type Send = (kind: "reply" | "note", text: string, attachments: Attachment[]) => void;

/**
 * Messages on their way. Each is shown at once and keeps its key, so that sending again after a
 * failure never doubles it.
 */
export function useOutbox(id: string, me: Me) {
  const client = useQueryClient();
  const failureText = useFailureText();
  const [pending, setPending] = useState<Outgoing[]>([]);
  const drop = (key: string) => setPending((all) => all.filter((one) => one.key !== key));
  const mark = (key: string, failure: string) =>
    setPending((all) => all.map((one) => (one.key === key ? { ...one, failure } : one)));

  const deliver = async (one: Outgoing) => {
    mark(one.key, "");
    try {
      const message =
        one.kind === "note"
          ? await api.note(id, one.text, one.key)
          : await api.reply(id, {
              text: one.text,
              client_msg_id: one.key,
              attachment_ids: one.attachments.map((file) => file.id),
            });
      // Only a message that follows the last one known may be put in: a gap would hide others.
      client.setQueryData<Message[]>(["conversation", id, "messages"], (known) =>
        known && message.seq <= (known.at(-1)?.seq ?? 0) + 1
          ? mergeMessages(known, [message])
          : known,
      );
      drop(one.key);
      void client.invalidateQueries({ queryKey: ["conversation", id] });
      void client.invalidateQueries({ queryKey: ["conversations"] });
    } catch (error) {
      mark(one.key, failureText(error));
    }
  };
  const send: Send = (kind, text, attachments) => {
    const key = crypto.randomUUID();
    const one = { key, kind, text, attachments, author: me.name, failure: "" };
    setPending((all) => [...all, one]);
    void deliver(one);
  };
  return { pending, send, retry: (one: Outgoing) => void deliver(one), drop };
}
