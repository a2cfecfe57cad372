import { Form, Input } from "antd";
import { receiveParts } from "../../api/stock";
import { useWords } from "../../i18n/LanguageProvider";
import { ActDialog } from "../../ui/ActDialog";
import { LinesField } from "../LinesField";
import { ScanBox } from "../ScanBox";
import { receiptLine } from "../lines";
import type { Line } from "../lines";
import { LocationPicker } from "../pickers";
import { STOCK_KEYS } from "./keys";
import { scanInto } from "./scanInto";
import type { ActProps } from "./start";

interface Values {
  location: string;
  supplier?: string;
  document?: string;
  lines: Line[];
}

/** Parts that a supplier delivered come into the stock, with lots, serials and costs. */
export function ReceiveDialog({ start, onClose }: ActProps) {
  const { t } = useWords();
  const [form] = Form.useForm<Values>();
  const needed = { required: true, message: t("form.needed") };
  return (
    <ActDialog<Values, unknown>
      form={form}
      width={760}
      title={t("stock.receive")}
      hint={t("stock.receiveHint")}
      submit={t("stock.receive")}
      initial={{ location: start.location, lines: [{ part: start.part, quantity: 1 }] }}
      refresh={STOCK_KEYS}
      run={({ location, supplier, document, lines }, { key }) =>
        receiveParts(
          {
            location,
            supplier: supplier?.trim() ?? "",
            document: document?.trim() ?? "",
            lines: lines.filter((one) => one?.part).map(receiptLine),
          },
          key,
        )
      }
      done={() => t("stock.received")}
      onClose={onClose}
    >
      <ScanBox autoFocus onScan={(found) => scanInto(form, found, "many", "location")} />
      <div className="form-three">
        <Form.Item name="location" label={t("stock.arrivedAt")} rules={[needed]}>
          <LocationPicker label={t("stock.location")} />
        </Form.Item>
        <Form.Item name="supplier" label={t("stock.supplier")}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="document" label={t("stock.document")}>
          <Input maxLength={80} />
        </Form.Item>
      </div>
      <LinesField columns={["lot", "expires", "cost", "serials"]} />
    </ActDialog>
  );
}
