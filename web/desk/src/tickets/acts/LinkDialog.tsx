import { Modal, Select } from "antd";
import { useState } from "react";
import { findTickets } from "../../api/lookups";
import { adoptTickets, linkTicket } from "../../api/tickets";
import type { Ticket } from "../../api/types";
import { useWords } from "../../i18n/LanguageProvider";
import { Lookup } from "../../ui/Lookup";
import { useCommand } from "../../ui/useCommand";

const KINDS = ["related", "duplicate_of", "caused_by", "child"] as const;

/** Say what another ticket is to this one: related, the same, its cause, or a part of it. */
export function LinkDialog({ ticket, close }: { ticket: Ticket; close: () => void }) {
  const { t } = useWords();
  const [kind, setKind] = useState<string>("related");
  const [target, setTarget] = useState<string>();
  const link = useCommand({
    run: (values: { kind: string; target: string }, { key }): Promise<unknown> =>
      values.kind === "child"
        ? adoptTickets(ticket.number, [values.target], key)
        : linkTicket(ticket.number, values),
    refresh: [["tickets"]],
    done: () => t("ticket.linked"),
    onDone: close,
  });
  return (
    <Modal
      open
      title={t("ticket.linkTitle", { number: ticket.number })}
      okText={t("ticket.link")}
      cancelText={t("act.cancel")}
      okButtonProps={{ disabled: !target || target === ticket.number, loading: link.busy }}
      onOk={() => target && link.submit({ kind, target })}
      onCancel={close}
    >
      <div className="dialog-fields">
        <label className="labelled">
          {t("ticket.linkKind")}
          <Select
            value={kind}
            aria-label={t("ticket.linkKind")}
            options={KINDS.map((value) => ({ value, label: t.label("linkKind", value) }))}
            onChange={setKind}
          />
        </label>
        <label className="labelled">
          {t("ticket.linkTarget")}
          <Lookup
            kind="tickets"
            find={findTickets}
            value={target}
            onChange={setTarget}
            label={t("ticket.linkTarget")}
            placeholder={t("tickets.search")}
          />
        </label>
      </div>
    </Modal>
  );
}
