import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Select } from "antd";
import { useState } from "react";
import type { Colleague } from "../app/presence";
import { changeTicket, moveTicket } from "../api/tickets";
import type { Ticket } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { useFailureText } from "../ui/useFailureText";

interface Props {
  tickets: Ticket[];
  colleagues: Colleague[];
  onDone: () => void;
}

/** States that every one of the tickets can go to. */
export const commonStates = (tickets: Ticket[]): string[] =>
  (tickets[0]?.possible_states ?? []).filter((state) =>
    tickets.every((one) => one.possible_states?.includes(state)),
  );

/** Acts on all chosen tickets, one after the other; what failed is told by number. */
export function BulkBar({ tickets, colleagues, onDone }: Props) {
  const { t } = useWords();
  const { message, notification } = App.useApp();
  const client = useQueryClient();
  const failureText = useFailureText();
  const [done, setDone] = useState<number>();

  const run = async (act: (ticket: Ticket) => Promise<unknown>) => {
    const failures: string[] = [];
    for (const [index, ticket] of tickets.entries()) {
      setDone(index);
      try {
        await act(ticket);
      } catch (error) {
        failures.push(`${ticket.number}: ${failureText(error)}`);
      }
    }
    setDone(undefined);
    await client.invalidateQueries({ queryKey: ["tickets"] });
    const changed = tickets.length - failures.length;
    if (changed > 0) void message.success(t("bulk.done", { count: changed }));
    if (failures.length > 0) {
      notification.error({
        title: t("bulk.failed", { count: failures.length }),
        description: failures.slice(0, 8).join("\n"),
        duration: 0,
        className: "bulk-failures",
      });
    }
    onDone();
  };
  const states = commonStates(tickets);
  const busy = done !== undefined;
  return (
    <div className="bulk" role="toolbar" aria-label={t("bulk.title")}>
      <strong>
        {busy
          ? t("bulk.running", { done: done + 1, count: tickets.length })
          : t("bulk.chosen", { count: tickets.length })}
      </strong>
      <Select<string>
        className="bulk-pick"
        disabled={busy}
        showSearch={{ optionFilterProp: "label" }}
        value={null}
        placeholder={t("bulk.assign")}
        aria-label={t("bulk.assign")}
        options={colleagues.map((one) => ({ value: one.id, label: one.name }))}
        onChange={(id) => void run((one) => changeTicket(one.number, { assignee_id: id }, one.version))}
      />
      <Select<string>
        className="bulk-pick"
        disabled={busy || states.length === 0}
        value={null}
        placeholder={states.length ? t("bulk.move") : t("bulk.noCommon")}
        aria-label={t("bulk.move")}
        options={states.map((one) => ({ value: one, label: t.label("ticketState", one) }))}
        onChange={(state) => void run((one) => moveTicket(one.number, state, "", one.version))}
      />
      <Button type="text" disabled={busy} onClick={onDone}>
        {t("bulk.clear")}
      </Button>
    </div>
  );
}
