import { Form, Input } from "antd";
import { createRequest } from "../../api/stockDocuments";
import { useWords } from "../../i18n/LanguageProvider";
import { ActDialog } from "../../ui/ActDialog";
import { LinesField } from "../LinesField";
import { ScanBox } from "../ScanBox";
import type { Line } from "../lines";
import { LocationPicker } from "../pickers";
import { STOCK_KEYS } from "./keys";
import { PurposeFields } from "./PurposeFields";
import { scanInto } from "./scanInto";
import type { ActProps } from "./start";

interface Values {
  location: string;
  source?: string | null;
  purpose_type: string;
  purpose_number?: string;
  needed_by?: string;
  note?: string;
  lines: Line[];
}

/** A location asks for parts; somebody approves it before anything moves. */
export function RequestDialog({ start, onClose }: ActProps) {
  const { t } = useWords();
  const [form] = Form.useForm<Values>();
  const needed = { required: true, message: t("form.needed") };
  return (
    <ActDialog<Values, { number: string }>
      form={form}
      width={680}
      title={t("stock.request")}
      hint={t("stock.requestHint")}
      submit={t("stock.request")}
      initial={{
        location: start.location,
        purpose_type: "other",
        lines: [{ part: start.part, quantity: 1 }],
      }}
      refresh={STOCK_KEYS}
      run={(values, { key }) =>
        createRequest(
          {
            location: values.location,
            source: values.source ?? "",
            purpose: { type: values.purpose_type, number: values.purpose_number?.trim() ?? "" },
            needed_by: values.needed_by || null,
            note: values.note?.trim() ?? "",
            lines: values.lines
              .filter((one) => one?.part)
              .map((one) => ({ part: one.part ?? "", quantity: one.quantity ?? 1 })),
          },
          key,
        )
      }
      done={(request) => t("request.made", { number: request.number })}
      onClose={onClose}
    >
      <ScanBox autoFocus onScan={(found) => scanInto(form, found, "single", "location")} />
      <div className="form-two">
        <Form.Item name="location" label={t("request.location")} rules={[needed]}>
          <LocationPicker label={t("stock.location")} />
        </Form.Item>
        <Form.Item name="source" label={t("request.source")} extra={t("request.sourceHint")}>
          <LocationPicker supplier label={t("request.above")} />
        </Form.Item>
      </div>
      <LinesField />
      <div className="form-three act-reason">
        <PurposeFields />
        <Form.Item name="needed_by" label={t("request.neededBy")}>
          <Input type="date" />
        </Form.Item>
      </div>
      <Form.Item name="note" label={t("stock.note")}>
        <Input maxLength={500} />
      </Form.Item>
    </ActDialog>
  );
}
