import { useState } from "react";
import type { Transfer } from "../api/stock";
import { segment } from "../api/client";
import { useAct } from "../commands/useAct";
import { useWords } from "../i18n/LanguageProvider";
import { Button } from "../ui/Button";
import { Refusal, Stepper, TextInput } from "../ui/Field";
import { Icon } from "../ui/Icon";
import { Sheet } from "../ui/Sheet";
import { Tag } from "../ui/States";
import { useToast } from "../ui/Toast";

/** Parts on their way to the van; what arrived is taken in, what did not is named. */
export function TransferCard({ transfer }: { transfer: Transfer }) {
  const { t, f } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <article className="card incoming">
      <h2>
        <Icon name="swap" small />
        {t("transfer.title", { from: transfer.source })}
        {transfer.late && <Tag tone="red">{t("transfer.late")}</Tag>}
      </h2>
      <p className="figures wrap">
        {transfer.lines.map((line) => `${line.part} × ${line.quantity - line.received - line.lost}`).join(", ")}
      </p>
      <p className="quiet figures">
        {transfer.number}
        {transfer.expected_at && ` · ${t("transfer.expected", { when: f.dateTime(transfer.expected_at) })}`}
      </p>
      <Button wide icon="check" onClick={() => setOpen(true)}>
        {t("transfer.receive")}
      </Button>
      {open && <ReceiveSheet transfer={transfer} onClose={() => setOpen(false)} />}
    </article>
  );
}

function ReceiveSheet({ transfer, onClose }: { transfer: Transfer; onClose: () => void }) {
  const { t } = useWords();
  const { say } = useToast();
  const left = transfer.lines
    .map((line) => ({ ...line, open: line.quantity - line.received - line.lost }))
    .filter((line) => line.open > 0);
  const [arrived, setArrived] = useState<Record<string, number>>(() => Object.fromEntries(left.map((line) => [line.id, line.open])));
  const [reason, setReason] = useState("");
  const { act, busy, problem } = useAct();
  const missing = left.some((line) => (arrived[line.id] ?? 0) < line.open);
  const submit = async (lost: boolean) => {
    const lines = left.map((line) => {
      const received = arrived[line.id] ?? 0;
      return { line_id: line.id, received, lost: lost ? line.open - received : 0, reason: lost && received < line.open ? reason.trim() : "" };
    });
    const outcome = await act(
      {
        kind: "receive", summary: transfer.number, subject: "van",
        path: `/v1/stock/transfers/${segment(transfer.id)}/receive`, body: { lines, version: transfer.version },
      },
      [["stock"]],
    );
    if (!outcome || outcome.state === "refused") return;
    if (outcome.state === "done") say(t("transfer.received"), "green");
    onClose();
  };
  return (
    <Sheet title={t("transfer.receive")} onClose={onClose}>
      <div className="form">
        {left.map((line) => (
          <Stepper
            key={line.id} least={0} most={line.open} value={arrived[line.id] ?? 0}
            label={[line.part, line.serial, line.lot].filter(Boolean).join(" · ")}
            onChange={(count) => setArrived((before) => ({ ...before, [line.id]: count }))}
          />
        ))}
        {missing && <TextInput label={t("transfer.why")} hint={t("transfer.whyHint")} value={reason} onChange={setReason} maxLength={500} />}
        <Refusal problem={problem} />
        <div className="buttons">
          {missing && (
            <Button kind="quiet" busy={busy} disabled={!reason.trim()} onClick={() => void submit(true)}>
              {t("transfer.lost")}
            </Button>
          )}
          <Button size="big" icon="check" busy={busy} onClick={() => void submit(false)}>
            {t(missing ? "transfer.partly" : "transfer.all")}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
