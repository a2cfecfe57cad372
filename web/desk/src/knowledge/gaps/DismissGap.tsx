import { Button, Input, Modal, Radio } from "antd";
import { useState } from "react";
import { useWords } from "../../i18n/LanguageProvider";
import { DISMISS_REASONS } from "./gaps";

interface Props {
  question: string;
  busy: boolean;
  onDismiss: (reason: string) => void;
}

/** Say why a question needs no article. */
export function DismissGap({ question, busy, onDismiss }: Props) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState<(typeof DISMISS_REASONS)[number]>("not_ours");
  const [words, setWords] = useState("");
  const confirm = () => {
    setOpen(false);
    onDismiss(reason === "other" ? words.trim() : t.label("gapReason", reason));
  };
  return (
    <>
      <Button loading={busy} onClick={() => setOpen(true)}>
        {t("gaps.dismiss")}
      </Button>
      <Modal
        open={open}
        title={t("gaps.dismissAsk")}
        okText={t("gaps.dismiss")}
        cancelText={t("act.cancel")}
        onOk={confirm}
        onCancel={() => setOpen(false)}
      >
        <p className="quiet" dir="auto">
          {question}
        </p>
        <Radio.Group
          className="reasons"
          value={reason}
          aria-label={t("gaps.reason")}
          options={DISMISS_REASONS.map((one) => ({ value: one, label: t.label("gapReason", one) }))}
          onChange={(event) => setReason(event.target.value)}
        />
        {reason === "other" && (
          <Input.TextArea
            autoFocus
            autoSize={{ minRows: 2, maxRows: 5 }}
            maxLength={500}
            value={words}
            aria-label={t("gaps.reason")}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
      </Modal>
    </>
  );
}
