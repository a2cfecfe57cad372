import { Checkbox, Form, Input } from "antd";
import { createTransfer } from "../../api/stockDocuments";
import { useWords } from "../../i18n/LanguageProvider";
import { ActDialog } from "../../ui/ActDialog";
import { LinesField } from "../LinesField";
import { ScanBox } from "../ScanBox";
import { instantOf } from "../days";
import { movedPart } from "../lines";
import type { Line } from "../lines";
import { LocationPicker } from "../pickers";
import { STOCK_KEYS } from "./keys";
import { scanInto } from "./scanInto";
import type { ActProps } from "./start";

interface Values {
  source: string;
  target: string;
  expected?: string;
  note?: string;
  ship?: boolean;
  lines: Line[];
}

/** Parts are sent to another location; they are in transit until they are received there. */
export function TransferDialog({ start, onClose }: ActProps) {
  const { t } = useWords();
  const [form] = Form.useForm<Values>();
  const needed = { required: true, message: t("form.needed") };
  return (
    <ActDialog<Values, { number: string }>
      form={form}
      width={760}
      title={t("stock.send")}
      hint={t("stock.sendHint")}
      submit={t("stock.send")}
      initial={{ source: start.location, ship: true, lines: [{ part: start.part, quantity: 1 }] }}
      refresh={STOCK_KEYS}
      run={(values, { key }) =>
        createTransfer(
          {
            source: values.source,
            target: values.target,
            expected_at: instantOf(values.expected, "end"),
            note: values.note?.trim() ?? "",
            ship: values.ship ?? false,
            lines: values.lines.filter((one) => one?.part).map(movedPart),
          },
          key,
        )
      }
      done={(transfer, { ship }) =>
        t(ship ? "transfer.sent" : "transfer.drafted", { number: transfer.number })
      }
      onClose={onClose}
    >
      <ScanBox autoFocus onScan={(found) => scanInto(form, found, "single", "source")} />
      <div className="form-three">
        <Form.Item name="source" label={t("transfer.source")} rules={[needed]}>
          <LocationPicker label={t("stock.location")} />
        </Form.Item>
        <Form.Item
          name="target"
          label={t("transfer.target")}
          dependencies={["source"]}
          rules={[
            needed,
            ({ getFieldValue }) => ({
              validator: async (_, target?: string) => {
                if (target && target === getFieldValue("source")) throw new Error(t("transfer.same"));
              },
            }),
          ]}
        >
          <LocationPicker label={t("stock.location")} />
        </Form.Item>
        <Form.Item name="expected" label={t("transfer.expected")}>
          <Input type="date" />
        </Form.Item>
      </div>
      <LinesField columns={["lot", "serial", "condition"]} />
      <Form.Item name="note" label={t("stock.note")} className="act-reason">
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item name="ship" valuePropName="checked" noStyle>
        <Checkbox>{t("transfer.shipNow")}</Checkbox>
      </Form.Item>
    </ActDialog>
  );
}
