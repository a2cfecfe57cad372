import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import * as api from "../api/conversations";
import type { ConversationFile, Message } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { useLive } from "../live/LiveProvider";
import { useFailure } from "../ui/useFailureText";
import { useUndo } from "../ui/useUndo";
import { mergeMessages } from "./messages";

/** Links to attachments expire; all messages are read anew before they do. */
const REREAD_MS = 10 * 60_000;
const readAt = new Map<string, number>();

export function useConversation(id: string) {
  const { pollMs } = useLive();
  return useQuery({
    queryKey: ["conversation", id],
    queryFn: () => api.conversation(id),
    refetchInterval: pollMs,
  });
}

/** All messages; a refetch asks only for those after the last one known. */
export function useMessages(id: string) {
  const client = useQueryClient();
  const { pollMs } = useLive();
  return useQuery({
    queryKey: ["conversation", id, "messages"],
    refetchInterval: pollMs,
    queryFn: async () => {
      const known = client.getQueryData<Message[]>(["conversation", id, "messages"]) ?? [];
      const fresh = Date.now() - (readAt.get(id) ?? 0) < REREAD_MS;
      const after = fresh ? (known.at(-1)?.seq ?? 0) : 0;
      const found = await api.messages(id, after);
      if (after === 0) readAt.set(id, Date.now());
      return mergeMessages(known, found);
    },
  });
}

/** Mark as read what is on the screen of a person who looks at it. */
export function useRead(id: string, unread: number, mayWrite: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!mayWrite || unread === 0) return;
    const read = () => {
      if (document.hidden) return;
      void api.act(id, "read").then(
        () => client.invalidateQueries({ queryKey: ["conversations"] }),
        () => undefined, // Tried again with the next message.
      );
    };
    read();
    document.addEventListener("visibilitychange", read);
    return () => document.removeEventListener("visibilitychange", read);
  }, [id, unread, mayWrite, client]);
}

export type Owning = "take-over" | "hand-back" | "close" | "reopen";

/** The acts that change who has a conversation; each can be taken back where that is cheap. */
export function useOwning(id: string) {
  const client = useQueryClient();
  const { t } = useWords();
  const { fail } = useFailure();
  const undoable = useUndo();

  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ["conversation", id] }),
      client.invalidateQueries({ queryKey: ["conversations"] }),
    ]);
  const act = useMutation({
    mutationFn: (name: Owning) => api.act(id, name),
    onSuccess: async (conversation, name) => {
      client.setQueryData<ConversationFile>(
        ["conversation", id],
        (file) => file && { ...file, conversation },
      );
      if (name === "close") {
        undoable(t("inbox.closed"), () => api.act(id, "reopen").then(refresh));
      }
      await refresh();
    },
    onError: fail,
  });
  const assign = useMutation({
    mutationFn: ({ to }: { to: string | null; before: string | null }) => api.assign(id, to),
    onSuccess: async (_, { before }) => {
      undoable(t("inbox.assigned"), () => api.assign(id, before).then(refresh));
      await refresh();
    },
    onError: fail,
  });
  return { act, assign, busy: act.isPending || assign.isPending };
}
