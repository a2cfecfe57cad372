import { Form, Input } from "antd";
import { stepFault } from "../api/faults";
import type { Fault, FaultFile } from "../api/faults";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";

/** Throw a fault out, with the reason; its evidence stays with it. */
export function RejectDialog({ fault, close }: { fault: Fault; close: () => void }) {
  const { t } = useWords();
  return (
    <ActDialog<{ reason: string }, FaultFile>
      title={t("fault.rejectTitle", { number: fault.number })}
      hint={t("fault.rejectHint")}
      submit={t("fault.reject")}
      danger
      version={fault.version}
      run={(values, how) => stepFault(fault.number, "reject", { ...values }, how)}
      refresh={[["faults"]]}
      done={(after) => ({
        text: t("fault.rejected", { number: after.number }),
        undo: () => stepFault(fault.number, "restore", {}, { key: crypto.randomUUID() }),
      })}
      onClose={close}
    >
      <Form.Item name="reason" label={t("fault.why")} rules={[{ required: true, whitespace: true, message: t("form.needed") }]}>
        <Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} />
      </Form.Item>
    </ActDialog>
  );
}
