import { Button, Form, Input } from "antd";
import { useState } from "react";
import { useMay } from "../app/session";
import { cancelTransfer, shipTransfer } from "../api/stockDocuments";
import type { Transfer } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { useCommand } from "../ui/useCommand";
import { ArrivalDialog } from "./ArrivalDialog";
import { STOCK_KEYS } from "./acts/keys";

/** What can be done to a transfer in its state. */
export function TransferActs({ transfer }: { transfer: Transfer }) {
  const { t } = useWords();
  const mayMove = useMay("stock:move");
  const [open, setOpen] = useState<"receive" | "cancel">();
  const ship = useCommand({
    version: transfer.version,
    refresh: STOCK_KEYS,
    run: (_: void, { key, version }) => shipTransfer(transfer.id, { version }, key),
    done: () => t("transfer.sent", { number: transfer.number }),
  });
  const draft = transfer.state === "draft";
  if (!mayMove || !(draft || transfer.state === "in_transit")) return null;
  return (
    <div className="board-acts">
      {draft ? (
        <Button size="small" type="primary" loading={ship.busy} onClick={() => ship.submit()}>
          {t("transfer.ship")}
        </Button>
      ) : (
        <Button size="small" type="primary" onClick={() => setOpen("receive")}>
          {t("transfer.receive")}
        </Button>
      )}
      <Button size="small" type="text" onClick={() => setOpen("cancel")}>
        {t("transfer.cancel")}
      </Button>
      {open === "receive" && <ArrivalDialog transfer={transfer} onClose={() => setOpen(undefined)} />}
      {open === "cancel" && (
        <ActDialog<{ reason?: string }, Transfer>
          danger
          title={t("transfer.cancelTitle", { number: transfer.number })}
          hint={t(draft ? "transfer.cancelDraft" : "transfer.cancelMoving", { place: transfer.source })}
          submit={t("transfer.cancel")}
          version={transfer.version}
          refresh={STOCK_KEYS}
          run={({ reason }, { key, version }) =>
            cancelTransfer(transfer.id, { reason: reason?.trim() ?? "", version }, key)
          }
          done={() => t("transfer.cancelled", { number: transfer.number })}
          onClose={() => setOpen(undefined)}
        >
          <Form.Item name="reason" label={t("stock.reason")}>
            <Input autoFocus maxLength={500} />
          </Form.Item>
        </ActDialog>
      )}
    </div>
  );
}
