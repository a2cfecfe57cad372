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
  done?: {
    text: string;
    undo: (ticket: Ticket) => Promise<Ticket>;
    /** Whether the way back is open; it is where this is not said. */
    possible?: (ticket: Ticket) => boolean;
  };
}

/**
 * Changes of one ticket. Each says which version it is based on; when a colleague was faster the
 * ticket is read anew and the person decides whether to apply the change to it.
 */
export function useTicketActs(ticket: Ticket) {
  const { t } = useWords();
  const { message, notification } = App.useApp();
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
      if (!done) return;
      if (done.possible?.(changed) ?? true) undoable(done.text, () => done.undo(changed).then(settle));
      else void message.success(done.text);
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
  const move = (step: api.Step) => {
    const before = ticket.state;
    const back = { state: before, reason: t("ticket.movedBack") };
    attempts.mutate({
      run: (version) => api.moveTicket(ticket.number, step, version),
      done: {
        text: t("ticket.moved", { state: t.label("ticketState", step.state) }),
        undo: (now) => api.moveTicket(now.number, back, now.version),
        possible: (now) => !!now.possible_states?.includes(before),
      },
    });
  };
  return { change, move, busy: attempts.isPending };
}
