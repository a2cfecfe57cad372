import { Button, Form, Input } from "antd";
import { useState } from "react";
import { useMe } from "../app/session";
import { fulfilRequest, stepRequest } from "../api/stockDocuments";
import type { PartRequest } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { LinesField } from "./LinesField";
import { instantOf } from "./days";
import { receiptLine } from "./lines";
import type { Line } from "./lines";
import { LocationPicker } from "./pickers";
import { requestActs } from "./requestSteps";
import type { RequestAct } from "./requestSteps";

const KEYS = [["stock"], ["stock-requests"], ["stock-moves"], ["stock-parts"]];

interface Values {
  reason?: string;
  source?: string | null;
  expected?: string;
  lines?: Line[];
}

/** The next steps of a request, as far as this person may take them. */
export function RequestActs({ request }: { request: PartRequest }) {
  const { t } = useWords();
  const { scopes } = useMe();
  const [open, setOpen] = useState<RequestAct>();
  const acts = requestActs(request.state, scopes);
  if (acts.length === 0) return null;
  return (
    <div className="form-acts">
      {[...acts].reverse().map((act) => (
        <Button
          key={act}
          type={act === acts[0] ? "primary" : "default"}
          danger={act === "reject" || act === "cancel"}
          onClick={() => setOpen(act)}
        >
          {t.label("requestAct", act)}
        </Button>
      ))}
      {open && <StepDialog act={open} request={request} onClose={() => setOpen(undefined)} />}
    </div>
  );
}

interface StepProps {
  act: RequestAct;
  request: PartRequest;
  onClose: () => void;
}

function StepDialog({ act, request, onClose }: StepProps) {
  const { t } = useWords();
  const bought = act === "fulfil" && request.source === "supplier";
  const run = (values: Values, { key, version }: { key: string; version?: number }) =>
    act === "fulfil"
      ? fulfilRequest(
          request.id,
          {
            version,
            expected_at: instantOf(values.expected, "end"),
            receipt: bought ? (values.lines ?? []).filter((one) => one?.part).map(receiptLine) : null,
          },
          key,
        )
      : stepRequest(
          request.id,
          act,
          { version, reason: values.reason?.trim() ?? "", ...(values.source ? { source: values.source } : {}) },
          key,
        );
  return (
    <ActDialog<Values, PartRequest>
      danger={act === "reject" || act === "cancel"}
      width={bought ? 760 : undefined}
      title={`${t.label("requestAct", act)}: ${request.number}`}
      hint={t.label("requestHint", bought ? "bought" : act)}
      submit={t.label("requestAct", act)}
      version={request.version}
      initial={
        bought
          ? { lines: request.lines.map((one) => ({ part: one.part, quantity: one.quantity - one.fulfilled })) }
          : {}
      }
      refresh={KEYS}
      run={run}
      done={(saved) => t("request.now", { number: saved.number, state: t.label("requestState", saved.state) })}
      onClose={onClose}
    >
      {act === "approve" && (
        <Form.Item name="source" label={t("request.otherSource")} extra={t("request.otherSourceHint")}>
          <LocationPicker supplier label={request.source || t("request.above")} />
        </Form.Item>
      )}
      {act === "fulfil" && !bought && (
        <Form.Item name="expected" label={t("transfer.expected")}>
          <Input type="date" />
        </Form.Item>
      )}
      {bought && <LinesField columns={["lot", "expires", "cost", "serials"]} />}
      {act !== "fulfil" && (
        <Form.Item
          name="reason"
          label={t("stock.reason")}
          rules={
            act === "reject"
              ? [{ required: true, whitespace: true, message: t("form.reasonNeeded") }]
              : undefined
          }
        >
          <Input autoFocus maxLength={500} />
        </Form.Item>
      )}
    </ActDialog>
  );
}
