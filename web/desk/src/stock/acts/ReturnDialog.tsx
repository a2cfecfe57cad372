import { Form, Input } from "antd";
import { returnPart } from "../../api/stock";
import { useWords } from "../../i18n/LanguageProvider";
import { ActDialog } from "../../ui/ActDialog";
import { ScanBox } from "../ScanBox";
import { movedPart } from "../lines";
import { OnePartFields } from "./OnePartFields";
import { STOCK_KEYS } from "./keys";
import { scanOne } from "./scanOne";
import type { OnePart } from "./scanOne";
import type { ActProps } from "./start";

interface Values extends OnePart {
  ticket?: string;
  work_order?: string;
  reason?: string;
}

/** A part comes back from a customer, good or defective. */
export function ReturnDialog({ start, onClose }: ActProps) {
  const { t } = useWords();
  const [form] = Form.useForm<Values>();
  return (
    <ActDialog<Values, unknown>
      form={form}
      title={t("stock.return")}
      submit={t("stock.return")}
      initial={{ ...start, quantity: 1, condition: "defective" }}
      refresh={STOCK_KEYS}
      run={(values, { key }) =>
        returnPart(
          {
            ...movedPart(values),
            location: values.location ?? "",
            ticket: values.ticket?.trim() ?? "",
            work_order: values.work_order?.trim() ?? "",
            reason: values.reason?.trim() ?? "",
          },
          key,
        )
      }
      done={() => t("stock.returned")}
      onClose={onClose}
    >
      <ScanBox autoFocus onScan={(found) => scanOne(form, found)} />
      <OnePartFields place={t("stock.cameBackTo")} />
      <div className="form-two">
        <Form.Item name="ticket" label={t("stock.ticket")}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="work_order" label={t("stock.workOrder")}>
          <Input maxLength={40} />
        </Form.Item>
      </div>
      <Form.Item name="reason" label={t("stock.reason")}>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={500} />
      </Form.Item>
    </ActDialog>
  );
}
