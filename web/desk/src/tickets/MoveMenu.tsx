import { DownOutlined } from "@ant-design/icons";
import { Button, Dropdown, Input, Modal } from "antd";
import { useState } from "react";
import type { Ticket } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";

interface Props {
  ticket: Ticket;
  busy: boolean;
  onMove: (state: string, reason: string) => void;
}

/** The steps that are possible from here; each asks why, as the customer may read the answer. */
export function MoveMenu({ ticket, busy, onMove }: Props) {
  const { t } = useWords();
  const [target, setTarget] = useState<string>();
  const [reason, setReason] = useState("");
  const states = ticket.possible_states ?? [];
  if (states.length === 0) return null;
  const confirm = () => {
    if (!target) return;
    onMove(target, reason.trim());
    setTarget(undefined);
    setReason("");
  };
  const name = target ? t.label("ticketState", target) : "";
  return (
    <>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: states.map((state) => ({
            key: state,
            label: t.label("ticketState", state),
          })),
          onClick: ({ key }) => setTarget(key),
        }}
      >
        <Button type="primary" loading={busy}>
          {t("ticket.move")} <DownOutlined />
        </Button>
      </Dropdown>
      <Modal
        open={!!target}
        title={t("ticket.moveTo", { number: ticket.number, state: name })}
        okText={name}
        okButtonProps={{ danger: target === "cancelled" }}
        cancelText={t("act.cancel")}
        onOk={confirm}
        onCancel={() => setTarget(undefined)}
      >
        <label className="labelled">
          {t("ticket.reason")}
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
    </>
  );
}
