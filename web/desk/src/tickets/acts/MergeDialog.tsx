import { Input, Modal } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { findTickets } from "../../api/lookups";
import { mergeTicket } from "../../api/tickets";
import type { Ticket } from "../../api/types";
import { useWords } from "../../i18n/LanguageProvider";
import { Lookup } from "../../ui/Lookup";
import { useCommand } from "../../ui/useCommand";

interface Props {
  ticket: Ticket;
  into?: string;
  close: () => void;
}

/** Make this ticket a part of another one, which goes on with the history of both. */
export function MergeDialog({ ticket, into, close }: Props) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [target, setTarget] = useState(into);
  const [reason, setReason] = useState("");
  const merge = useCommand({
    run: (values: { into: string; reason: string }, { key, version }) =>
      mergeTicket(ticket.number, values, version, key),
    version: ticket.version,
    refresh: [["tickets"]],
    done: (other) => t("ticket.merged", { number: ticket.number, into: other.number }),
    onDone: (other) => {
      close();
      void navigate(`/tickets/${encodeURIComponent(other.number)}`);
    },
  });
  return (
    <Modal
      open
      title={t("ticket.mergeTitle", { number: ticket.number })}
      okText={t("ticket.merge")}
      cancelText={t("act.cancel")}
      okButtonProps={{ disabled: !target || target === ticket.number, loading: merge.busy }}
      onOk={() => target && merge.submit({ into: target, reason: reason.trim() })}
      onCancel={close}
    >
      <div className="dialog-fields">
        <label className="labelled">
          {t("ticket.mergeTarget")}
          <Lookup
            kind="tickets"
            autoFocus
            find={findTickets}
            value={target}
            onChange={setTarget}
            label={t("ticket.mergeTarget")}
            placeholder={t("tickets.search")}
          />
        </label>
        <label className="labelled">
          {t("ticket.reason")}
          <Input.TextArea
            autoSize={{ minRows: 2, maxRows: 5 }}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        <p className="quiet">{t("ticket.mergeHint")}</p>
      </div>
    </Modal>
  );
}
