import { DownOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Dropdown, Input, Modal, Select } from "antd";
import { useState } from "react";
import { ticketForms } from "../api/tickets";
import type { Step } from "../api/tickets";
import type { Ticket } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { fieldName } from "./fieldName";

interface Props {
  ticket: Ticket;
  busy: boolean;
  onMove: (step: Step) => void;
}

/** The steps that are possible from here; each asks why, as the customer may read the answer. */
export function MoveMenu({ ticket, busy, onMove }: Props) {
  const { t } = useWords();
  const [target, setTarget] = useState<string>();
  const states = ticket.possible_states ?? [];
  if (states.length === 0) return null;
  return (
    <>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: states.map((state) => ({ key: state, label: t.label("ticketState", state) })),
          onClick: ({ key }) => setTarget(key),
        }}
      >
        <Button type="primary" loading={busy}>
          {t("ticket.move")} <DownOutlined />
        </Button>
      </Dropdown>
      {target && (
        <MoveDialog
          ticket={ticket}
          state={target}
          close={() => setTarget(undefined)}
          onMove={(step) => {
            setTarget(undefined);
            onMove(step);
          }}
        />
      )}
    </>
  );
}

interface DialogProps {
  ticket: Ticket;
  state: string;
  close: () => void;
  onMove: (step: Step) => void;
}

/** Why the step is taken; to resolve, also what helped and what the cause was. */
function MoveDialog({ ticket, state, close, onMove }: DialogProps) {
  const { t } = useWords();
  const forms = useQuery({ queryKey: ["ticket-forms"], queryFn: ticketForms, staleTime: Infinity });
  const [reason, setReason] = useState("");
  const [resolution, setResolution] = useState(ticket.resolution ?? "");
  const [cause, setCause] = useState(ticket.cause || undefined);
  const solving = state === "resolved";
  const missing = solving ? (ticket.missing ?? []) : [];
  const name = t.label("ticketState", state);
  return (
    <Modal
      open
      title={t("ticket.moveTo", { number: ticket.number, state: name })}
      okText={name}
      okButtonProps={{
        danger: state === "cancelled",
        disabled: solving && (!resolution.trim() || missing.length > 0),
      }}
      cancelText={t("act.cancel")}
      onCancel={close}
      onOk={() =>
        onMove({
          state,
          reason: reason.trim(),
          ...(solving && { resolution: resolution.trim(), cause: cause ?? "" }),
        })
      }
    >
      <div className="dialog-fields">
        {missing.length > 0 && (
          <Alert
            type="warning"
            showIcon
            title={t("ticket.missing", { fields: missing.map((one) => fieldName(one, t)).join(", ") })}
          />
        )}
        {solving && (
          <>
            <label className="labelled">
              {t("ticket.resolution")}
              <Input.TextArea
                autoFocus
                autoSize={{ minRows: 3, maxRows: 10 }}
                maxLength={10_000}
                value={resolution}
                onChange={(event) => setResolution(event.target.value)}
              />
            </label>
            <label className="labelled">
              {t("ticket.cause")}
              <Select
                allowClear
                value={cause}
                aria-label={t("ticket.cause")}
                options={(forms.data?.causes ?? []).map((value) => ({
                  value,
                  label: t.label("cause", value),
                }))}
                onChange={setCause}
              />
            </label>
          </>
        )}
        <label className="labelled">
          {t("ticket.reason")}
          <Input.TextArea
            autoFocus={!solving}
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        <p className="quiet">{t("ticket.reasonHint")}</p>
      </div>
    </Modal>
  );
}
