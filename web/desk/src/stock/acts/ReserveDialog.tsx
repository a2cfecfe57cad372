import { Form, Input } from "antd";
import { reserveParts } from "../../api/stockDocuments";
import { useWords } from "../../i18n/LanguageProvider";
import { ActDialog } from "../../ui/ActDialog";
import { LinesField } from "../LinesField";
import { ScanBox } from "../ScanBox";
import { instantOf } from "../days";
import { movedPart } from "../lines";
import type { Line } from "../lines";
import { LocationPicker } from "../pickers";
import { STOCK_KEYS } from "./keys";
import { PurposeFields } from "./PurposeFields";
import { scanInto } from "./scanInto";
import type { ActProps } from "./start";

interface Values {
  location: string;
  purpose_type: string;
  purpose_number?: string;
  due?: string;
  lines: Line[];
}

/** Parts are kept for a purpose, all lines or none. */
export function ReserveDialog({ start, onClose }: ActProps) {
  const { t } = useWords();
  const [form] = Form.useForm<Values>();
  return (
    <ActDialog<Values, unknown>
      form={form}
      width={720}
      title={t("stock.reserve")}
      hint={t("stock.reserveHint")}
      submit={t("stock.reserve")}
      initial={{
        location: start.location,
        purpose_type: "ticket",
        lines: [{ part: start.part, quantity: 1 }],
      }}
      refresh={STOCK_KEYS}
      run={(values, { key }) =>
        reserveParts(
          {
            location: values.location,
            purpose: { type: values.purpose_type, number: values.purpose_number?.trim() ?? "" },
            due_at: instantOf(values.due, "end"),
            lines: values.lines
              .filter((one) => one?.part)
              .map(movedPart)
              .map(({ part, quantity, lot, serial }) => ({ part, quantity, lot, serial })),
          },
          key,
        )
      }
      done={() => t("reservation.made")}
      onClose={onClose}
    >
      <ScanBox autoFocus onScan={(found) => scanInto(form, found, "single", "location")} />
      <Form.Item
        name="location"
        label={t("stock.location")}
        rules={[{ required: true, message: t("form.needed") }]}
      >
        <LocationPicker label={t("stock.location")} />
      </Form.Item>
      <LinesField columns={["lot", "serial"]} />
      <div className="form-three act-reason">
        <PurposeFields />
        <Form.Item name="due" label={t("reservation.until")}>
          <Input type="date" />
        </Form.Item>
      </div>
    </ActDialog>
  );
}
