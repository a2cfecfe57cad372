import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { isStatus } from "../api/problem";
import * as api from "../api/tickets";
import type { Ticket, TicketChange, TicketFile } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { useFailure } from "../ui/useFailureText";
import { useUndo } from "../ui/useUndo";

export const useTicketFile = (number: string) =>
  useQuery({ queryKey: ["tickets", number], queryFn: () => api.ticket(number) });

interface Attempt {
  run: (version: number) => Promise<Ticket>;
  /** Said when it is done; with a way back where there is one. */
  done?: { text: string; undo?: (ticket: Ticket) => Promise<Ticket> };
}

/**
 * Changes of one ticket. Each says which version it is based on; when a colleague was faster the
 * ticket is read anew and the person decides whether to apply the change to it.
 */
export function useTicketActs(ticket: Ticket) {
  const { t } = useWords();
  const { notification } = App.useApp();
  const client = useQueryClient();
  const { fail } = useFailure();
  const undoable = useUndo();
  const key = ["tickets", ticket.number];

  const settle = async (changed: Ticket) => {
    client.setQueryData<TicketFile>(key, (file) => file && { ...file, ticket: changed });
    await client.invalidateQueries({ queryKey: ["tickets"] });
  };
  const overtaken = async (attempt: Attempt) => {
    await client.invalidateQueries({ queryKey: key });
    const id = `overtaken-${ticket.number}`;
    const again = () => {
      notification.destroy(id);
      attempts.mutate(attempt);
    };
    notification.warning({
      key: id,
      title: t("ticket.overtaken"),
      description: t("ticket.overtakenHint"),
      actions: <Button onClick={again}>{t("ticket.applyAnyway")}</Button>,
      duration: 0,
    });
  };
  const attempts = useMutation({
    mutationFn: ({ run }: Attempt) => {
      const latest = client.getQueryData<TicketFile>(key)?.ticket ?? ticket;
      return run(latest.version);
    },
    onSuccess: async (changed, { done }) => {
      await settle(changed);
      const undo = done?.undo;
      if (done && undo) undoable(done.text, () => undo(changed).then(settle));
    },
    onError: (error, attempt) =>
      isStatus(error, 412) ? overtaken(attempt) : Promise.resolve(fail(error)),
  });

  const change = (part: TicketChange, back?: TicketChange) =>
    attempts.mutate({
      run: (version) => api.changeTicket(ticket.number, part, version),
      done: back && {
        text: t("ticket.changed"),
        undo: (now) => api.changeTicket(now.number, back, now.version),
      },
    });
  const move = (state: string, reason: string) => {
    const before = ticket.state;
    attempts.mutate({
      run: (version) => api.moveTicket(ticket.number, state, reason, version),
      done: {
        text: t("ticket.moved", { state: t.label("ticketState", state) }),
        undo: (now) => api.moveTicket(now.number, before, t("ticket.movedBack"), now.version),
      },
    });
  };
  return { change, move, busy: attempts.isPending };
}
