import { Form, Input } from "antd";
import { scrapPart } from "../../api/stock";
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
  reason: string;
}

/** A part is thrown away; the reason stays on the move. */
export function ScrapDialog({ start, onClose }: ActProps) {
  const { t } = useWords();
  const [form] = Form.useForm<Values>();
  return (
    <ActDialog<Values, unknown>
      form={form}
      danger
      title={t("stock.scrap")}
      hint={t("stock.scrapHint")}
      submit={t("stock.scrap")}
      initial={{ ...start, quantity: 1, condition: "defective" }}
      refresh={STOCK_KEYS}
      run={(values, { key }) =>
        scrapPart(
          { ...movedPart(values), location: values.location ?? "", reason: values.reason.trim() },
          key,
        )
      }
      done={() => t("stock.scrapped")}
      onClose={onClose}
    >
      <ScanBox autoFocus onScan={(found) => scanOne(form, found)} />
      <OnePartFields place={t("stock.takenFrom")} />
      <Form.Item
        name="reason"
        label={t("stock.reason")}
        rules={[{ required: true, whitespace: true, message: t("form.reasonNeeded") }]}
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={500} />
      </Form.Item>
    </ActDialog>
  );
}
