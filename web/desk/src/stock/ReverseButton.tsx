import { UndoOutlined } from "@ant-design/icons";
import { Button, Form, Input } from "antd";
import { useState } from "react";
import { useMay } from "../app/session";
import { reverseMove } from "../api/stock";
import type { Move } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { STOCK_KEYS } from "./acts/keys";
import { Way } from "./bits";

/** Takes a move back by the opposite move, after naming it and asking why. */
export function ReverseButton({ move }: { move: Move }) {
  const { t, f } = useWords();
  const mayMove = useMay("stock:move");
  const [open, setOpen] = useState(false);
  // A move of a transfer is taken back by the transfer itself.
  const bound = move.reference_type === "transfer";
  if (!mayMove || bound || move.reversed_by || move.reverses) return null;
  const name = t("move.reverseName", { count: move.quantity, part: move.part });
  return (
    <>
      <Button type="text" size="small" icon={<UndoOutlined />} aria-label={name} title={name} onClick={() => setOpen(true)} />
      {open && (
        <ActDialog<{ reason: string }, unknown>
          danger
          title={name}
          submit={t("move.reverse")}
          refresh={STOCK_KEYS}
          run={({ reason }, { key }) => reverseMove(move.id, reason.trim(), key)}
          done={() => t("move.reversedDone")}
          onClose={() => setOpen(false)}
          hint={
            <>
              {t.label("moveKind", move.kind)} · {f.dateTime(move.happened_at)} ·{" "}
              <Way source={move.source} target={move.target} />
              {[move.lot, move.serial].filter(Boolean).map((one) => ` · ${one}`)}
            </>
          }
        >
          <Form.Item
            name="reason"
            label={t("stock.reason")}
            extra={t("move.reverseHint")}
            rules={[{ required: true, whitespace: true, message: t("form.reasonNeeded") }]}
          >
            <Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 5 }} maxLength={500} />
          </Form.Item>
        </ActDialog>
      )}
    </>
  );
}
