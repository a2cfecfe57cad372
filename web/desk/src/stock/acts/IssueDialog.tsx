import { Form, Input } from "antd";
import { issueParts } from "../../api/stock";
import { useWords } from "../../i18n/LanguageProvider";
import { ActDialog } from "../../ui/ActDialog";
import { LinesField } from "../LinesField";
import { ScanBox } from "../ScanBox";
import { movedPart } from "../lines";
import type { Line } from "../lines";
import { LocationPicker } from "../pickers";
import { STOCK_KEYS } from "./keys";
import { scanInto } from "./scanInto";
import type { ActProps } from "./start";

interface Values {
  location: string;
  to?: string | null;
  ticket?: string;
  work_order?: string;
  reason?: string;
  lines: Line[];
}

/** Parts leave a location: to a customer, or straight into another location. */
export function IssueDialog({ start, onClose }: ActProps) {
  const { t } = useWords();
  const [form] = Form.useForm<Values>();
  const needed = { required: true, message: t("form.needed") };
  return (
    <ActDialog<Values, unknown>
      form={form}
      width={760}
      title={t("stock.issue")}
      hint={t("stock.issueHint")}
      submit={t("stock.issue")}
      initial={{ location: start.location, lines: [{ part: start.part, quantity: 1 }] }}
      refresh={STOCK_KEYS}
      run={(values, { key }) =>
        issueParts(
          {
            location: values.location,
            to: values.to ?? "",
            ticket: values.ticket?.trim() ?? "",
            work_order: values.work_order?.trim() ?? "",
            reason: values.reason?.trim() ?? "",
            lines: values.lines.filter((one) => one?.part).map(movedPart),
          },
          key,
        )
      }
      done={() => t("stock.issued")}
      onClose={onClose}
    >
      <ScanBox autoFocus onScan={(found) => scanInto(form, found, "single", "location")} />
      <div className="form-two">
        <Form.Item name="location" label={t("stock.takenFrom")} rules={[needed]}>
          <LocationPicker label={t("stock.location")} />
        </Form.Item>
        <Form.Item name="to" label={t("stock.goesTo")} extra={t("stock.goesToHint")}>
          <LocationPicker label={t("stock.customer")} />
        </Form.Item>
        <Form.Item name="ticket" label={t("stock.ticket")}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="work_order" label={t("stock.workOrder")}>
          <Input maxLength={40} />
        </Form.Item>
      </div>
      <LinesField columns={["lot", "serial", "condition"]} />
      <Form.Item name="reason" label={t("stock.reason")} className="act-reason">
        <Input maxLength={500} />
      </Form.Item>
    </ActDialog>
  );
}
