import { Input, Modal, Radio } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { confirmTicket, reopenTicket, unmergeTicket } from "../../api/tickets";
import type { Ticket } from "../../api/types";
import { useWords } from "../../i18n/LanguageProvider";
import { useCommand } from "../../ui/useCommand";

export type Word = "confirm" | "reopen" | "unmerge";

interface Props {
  ticket: Ticket;
  word: Word;
  close: () => void;
}

/** What somebody says about the outcome: it works, it does not after all, the merge was wrong. */
export function WordDialog({ ticket, word, close }: Props) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [by, setBy] = useState("customer");
  const [text, setText] = useState("");
  const say = useCommand({
    run: (values: { by: string; text: string }, { key }) => {
      if (word === "confirm") {
        return confirmTicket(ticket.number, { by: values.by, note: values.text }, key);
      }
      const act = word === "reopen" ? reopenTicket : unmergeTicket;
      return act(ticket.number, values.text, key);
    },
    refresh: [["tickets"]],
    done: (after) => t("ticket.moved", { state: t.label("ticketState", after.state) }),
    onDone: (after) => {
      close();
      if (after.number !== ticket.number) void navigate(`/tickets/${after.number}`);
    },
  });
  return (
    <Modal
      open
      title={`${ticket.number}: ${t.label("wordTitle", word)}`}
      okText={t.label("word", word)}
      cancelText={t("act.cancel")}
      okButtonProps={{ disabled: word !== "confirm" && !text.trim(), loading: say.busy }}
      onOk={() => say.submit({ by, text: text.trim() })}
      onCancel={close}
    >
      <div className="dialog-fields">
        {word === "confirm" && (
          <Radio.Group
            aria-label={t("ticket.confirmedBy")}
            value={by}
            options={["customer", "sensor"].map((value) => ({
              value,
              label: t.label("confirmedBy", value),
            }))}
            onChange={(event) => setBy(String(event.target.value))}
          />
        )}
        <label className="labelled">
          {t.label("wordText", word)}
          <Input.TextArea
            autoFocus
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={word === "unmerge" ? 1000 : 2000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <p className="quiet">{t.label("wordHint", word)}</p>
      </div>
    </Modal>
  );
}
