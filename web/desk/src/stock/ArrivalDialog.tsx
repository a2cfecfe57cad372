import { Button, Input, InputNumber, Modal } from "antd";
import { useState } from "react";
import { receiveTransfer } from "../api/stockDocuments";
import type { Transfer, TransferLine } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { useCommand } from "../ui/useCommand";
import { ScanBox } from "./ScanBox";
import { STOCK_KEYS } from "./acts/keys";
import { arrivalFault, arrivedLines, arrivedScan, outstanding } from "./arrival";
import type { Arrival } from "./arrival";
import { Way } from "./bits";
import "../styles/act-dialog.css";

const NOTHING: Arrival = { received: 0, lost: 0, reason: "" };

/** What arrived of a transfer, line by line: some, all, or lost with the reason. */
export function ArrivalDialog({ transfer, onClose }: { transfer: Transfer; onClose: () => void }) {
  const { t } = useWords();
  const open = transfer.lines.filter((one) => outstanding(one) > 0);
  const [entered, setEntered] = useState<Record<string, Arrival>>({});
  const [said, setSaid] = useState("");
  const receive = useCommand({
    version: transfer.version,
    refresh: STOCK_KEYS,
    run: (values: Record<string, Arrival>, { key, version }) =>
      receiveTransfer(transfer.id, { version, lines: arrivedLines(open, values) }, key),
    done: () => t("transfer.receivedDone", { number: transfer.number }),
    onDone: onClose,
  });
  const all = () =>
    setEntered(
      Object.fromEntries(open.map((one) => [one.id, { ...NOTHING, received: outstanding(one) }])),
    );
  const faulty = open.some((one) => arrivalFault(one, entered[one.id] ?? NOTHING));
  const nothing = arrivedLines(open, entered).length === 0;
  return (
    <Modal
      open
      width={680}
      title={t("transfer.receiveTitle", { number: transfer.number })}
      okText={t("transfer.receive")}
      cancelText={t("act.cancel")}
      okButtonProps={{ loading: receive.busy, disabled: faulty || nothing }}
      onOk={() => receive.submit(entered)}
      onCancel={onClose}
      className="act-dialog"
    >
      <p className="act-hint">
        <Way source={transfer.source} target={transfer.target} />
      </p>
      <ScanBox
        autoFocus
        said={said}
        onScan={(found) => {
          const next = arrivedScan(open, entered, found);
          setSaid(next ? t("transfer.scanned", { part: found.part ?? "" }) : t("transfer.notHere", { part: found.part ?? "?" }));
          if (next) setEntered(next);
        }}
      />
      <Button type="link" className="act-all" onClick={all}>
        {t("transfer.all")}
      </Button>
      <ul className="arrival">
        {open.map((line) => (
          <ArrivalLine
            key={line.id}
            line={line}
            entered={entered[line.id] ?? NOTHING}
            onChange={(next) => setEntered({ ...entered, [line.id]: next })}
          />
        ))}
      </ul>
      <p className="quiet">{t("transfer.rest")}</p>
    </Modal>
  );
}

interface LineProps {
  line: TransferLine;
  entered: Arrival;
  onChange: (entered: Arrival) => void;
}

function ArrivalLine({ line, entered, onChange }: LineProps) {
  const { t } = useWords();
  const fault = arrivalFault(line, entered);
  const most = outstanding(line);
  const field = (name: "received" | "lost", label: string) => (
    <label className="arrival-field">
      <span>{label}</span>
      <InputNumber
        min={0}
        max={most}
        precision={0}
        value={entered[name]}
        status={fault === "many" ? "error" : undefined}
        onChange={(value) => onChange({ ...entered, [name]: value ?? 0 })}
      />
    </label>
  );
  return (
    <li>
      <div>
        <strong className="figures">{line.part}</strong>
        <small className="quiet">
          {[line.lot, line.serial, t("transfer.outstanding", { count: most })].filter(Boolean).join(" · ")}
        </small>
      </div>
      {field("received", t("transfer.arrived"))}
      {field("lost", t("transfer.lost"))}
      {entered.lost > 0 && (
        <Input
          className="arrival-reason"
          value={entered.reason}
          maxLength={500}
          status={fault === "reason" ? "error" : undefined}
          aria-label={t("transfer.lostWhy")}
          placeholder={t("transfer.lostWhy")}
          onChange={(event) => onChange({ ...entered, reason: event.target.value })}
        />
      )}
      {fault === "many" && (
        <p className="form-error arrival-reason" role="alert">
          {t("transfer.tooMany", { count: most })}
        </p>
      )}
    </li>
  );
}
