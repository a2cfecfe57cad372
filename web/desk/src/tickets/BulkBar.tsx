import { App, Button, Input, Modal, Select } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useColleagues } from "../app/presence";
import { changeTickets, ticketTags } from "../api/tickets";
import type { BulkChange, Priority, Ticket, TicketState } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { useCommand } from "../ui/useCommand";
import { PRIORITIES } from "./terms";

interface Props {
  tickets: Ticket[];
  onDone: () => void;
}

/** States that every one of the tickets can go to. */
export const commonStates = (tickets: Pick<Ticket, "possible_states">[]): string[] =>
  (tickets[0]?.possible_states ?? []).filter((state) =>
    tickets.every((one) => one.possible_states?.includes(state)),
  );

/** Acts on all chosen tickets at once; what was refused is told by number. */
export function BulkBar({ tickets, onDone }: Props) {
  const { t } = useWords();
  const { message, notification } = App.useApp();
  const colleagues = useColleagues();
  const tags = useQuery({ queryKey: ["tickets", "tags"], queryFn: ticketTags });
  const [moving, setMoving] = useState<TicketState>();
  const many = useCommand({
    run: (change: Partial<BulkChange>, { key }) =>
      changeTickets(tickets.map((one) => one.number), change, key),
    refresh: [["tickets"]],
    onDone: (report) => {
      if (report.done > 0) void message.success(t("bulk.done", { count: report.done }));
      const refused = report.results.filter((one) => !one.done);
      if (refused.length > 0) {
        notification.error({
          title: t("bulk.failed", { count: refused.length }),
          description: refused.slice(0, 8).map((one) => `${one.number}: ${one.detail}`).join("\n"),
          duration: 0,
          className: "bulk-failures",
        });
      }
      onDone();
    },
  });
  const states = commonStates(tickets);
  const busy = many.busy;
  return (
    <div className="bulk" role="toolbar" aria-label={t("bulk.title")}>
      <strong>
        {busy ? t("bulk.busy", { count: tickets.length }) : t("bulk.chosen", { count: tickets.length })}
      </strong>
      <BulkPick
        label={t("bulk.assign")}
        disabled={busy}
        options={[
          ...colleagues.map((one) => ({ value: one.id, label: one.name })),
          { value: "", label: t("state.nobody") },
        ]}
        onPick={(assignee_id) => many.submit({ assignee_id })}
      />
      <BulkPick
        label={t("ticket.priority")}
        disabled={busy}
        options={PRIORITIES.map((value) => ({ value, label: t.label("priority", value) }))}
        onPick={(priority) => many.submit({ priority: priority as Priority })}
      />
      <BulkPick
        label={states.length ? t("bulk.move") : t("bulk.noCommon")}
        disabled={busy || states.length === 0}
        options={states.map((value) => ({ value, label: t.label("ticketState", value) }))}
        onPick={(state) => setMoving(state as TicketState)}
      />
      <Select<string[]>
        mode="tags"
        className="bulk-pick"
        disabled={busy}
        value={[]}
        placeholder={t("bulk.tag")}
        aria-label={t("bulk.tag")}
        options={(tags.data ?? []).map((one) => ({ value: one.tag, label: one.tag }))}
        onChange={(add_tags) => add_tags.length > 0 && many.submit({ add_tags })}
      />
      <Button type="text" disabled={busy} onClick={onDone}>
        {t("bulk.clear")}
      </Button>
      {moving && (
        <MoveMany
          state={moving}
          count={tickets.length}
          close={() => setMoving(undefined)}
          onMove={(reason) => {
            setMoving(undefined);
            many.submit({ state: moving, reason, ...(moving === "resolved" && { resolution: reason }) });
          }}
        />
      )}
    </div>
  );
}

function BulkPick(props: {
  label: string;
  disabled: boolean;
  options: { value: string; label: string }[];
  onPick: (value: string) => void;
}) {
  return (
    <Select<string>
      className="bulk-pick"
      disabled={props.disabled}
      showSearch={{ optionFilterProp: "label" }}
      value={null}
      placeholder={props.label}
      aria-label={props.label}
      options={props.options}
      onChange={props.onPick}
    />
  );
}

/** One step for many, with one reason; what helped is needed where they are resolved. */
function MoveMany(props: {
  state: TicketState;
  count: number;
  close: () => void;
  onMove: (reason: string) => void;
}) {
  const { t } = useWords();
  const [reason, setReason] = useState("");
  const name = t.label("ticketState", props.state);
  const solving = props.state === "resolved";
  return (
    <Modal
      open
      title={t("bulk.moveTo", { count: props.count, state: name })}
      okText={name}
      okButtonProps={{ disabled: solving && !reason.trim(), danger: props.state === "cancelled" }}
      cancelText={t("act.cancel")}
      onOk={() => props.onMove(reason.trim())}
      onCancel={props.close}
    >
      <label className="labelled">
        {t(solving ? "ticket.resolution" : "ticket.reason")}
        <Input.TextArea
          autoFocus
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <p className="quiet">{t("ticket.reasonHint")}</p>
    </Modal>
  );
}
