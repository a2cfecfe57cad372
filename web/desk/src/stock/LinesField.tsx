import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, InputNumber, Select } from "antd";
import { useWords } from "../i18n/LanguageProvider";
import { PartPicker } from "./pickers";
import { CONDITIONS } from "./terms";

export type LineColumn = "lot" | "serial" | "serials" | "condition" | "expires" | "cost";

/** Parts in a form, one line each; which columns there are depends on the act. */
export function LinesField({ columns = [] }: { columns?: LineColumn[] }) {
  const { t } = useWords();
  return (
    <Form.List
      name="lines"
      rules={[
        {
          validator: async (_, lines?: { part?: string }[]) => {
            if (!lines?.some((one) => one?.part)) throw new Error(t("stock.linesNeeded"));
          },
        },
      ]}
    >
      {(fields, { add, remove }, { errors }) => (
        <div className="stock-lines" role="group" aria-label={t("stock.lines")}>
          {fields.map(({ key, name }, index) => (
            <div key={key} className="stock-line">
              <LineFields name={name} columns={columns} />
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t("act.remove", { name: String(index + 1) })}
                disabled={fields.length === 1}
                onClick={() => remove(name)}
              />
            </div>
          ))}
          <Form.ErrorList errors={errors} />
          <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ quantity: 1 })}>
            {t("stock.addLine")}
          </Button>
        </div>
      )}
    </Form.List>
  );
}

function LineFields({ name, columns }: { name: number; columns: LineColumn[] }) {
  const { t } = useWords();
  const needed = { required: true, message: t("form.needed") };
  return (
    <div className="stock-line-fields">
      <Form.Item name={[name, "part"]} className="stock-line-part" rules={[needed]}>
        <PartPicker label={t("stock.part")} />
      </Form.Item>
      <Form.Item name={[name, "quantity"]} rules={[needed]}>
        <InputNumber min={1} max={1_000_000} precision={0} aria-label={t("stock.quantity")} />
      </Form.Item>
      {columns.includes("lot") && (
        <Form.Item name={[name, "lot"]}>
          <Input maxLength={40} aria-label={t("stock.lot")} placeholder={t("stock.lot")} />
        </Form.Item>
      )}
      {columns.includes("serial") && (
        <Form.Item name={[name, "serial"]}>
          <Input maxLength={80} aria-label={t("stock.serial")} placeholder={t("stock.serial")} />
        </Form.Item>
      )}
      {columns.includes("condition") && (
        <Form.Item name={[name, "condition"]}>
          <Select
            aria-label={t("stock.condition")}
            placeholder={t("stock.condition")}
            options={CONDITIONS.map((one) => ({ value: one, label: t.label("condition", one) }))}
          />
        </Form.Item>
      )}
      {columns.includes("expires") && (
        <Form.Item name={[name, "expires_on"]}>
          <Input type="date" aria-label={t("stock.expires")} title={t("stock.expires")} />
        </Form.Item>
      )}
      {columns.includes("cost") && <CostFields name={name} />}
      {columns.includes("serials") && (
        <Form.Item name={[name, "serials"]} className="stock-line-wide">
          <Select
            mode="tags"
            open={false}
            suffixIcon={null}
            tokenSeparators={[",", " ", "，", "\n"]}
            aria-label={t("stock.serials")}
            placeholder={t("stock.serials")}
          />
        </Form.Item>
      )}
    </div>
  );
}

const AMOUNT = /^\d{1,10}(\.\d{1,4})?$/;

/** What one piece cost; the amount stays text, so that no digit is lost. */
function CostFields({ name }: { name: number }) {
  const { t } = useWords();
  return (
    <>
      <Form.Item name={[name, "cost"]} rules={[{ pattern: AMOUNT, message: t("form.amount") }]}>
        <Input
          inputMode="decimal"
          maxLength={16}
          aria-label={t("stock.unitCost")}
          placeholder={t("stock.unitCost")}
        />
      </Form.Item>
      <Form.Item
        name={[name, "currency"]}
        className="stock-line-currency"
        dependencies={[["lines", name, "cost"]]}
        rules={[
          ({ getFieldValue }) => ({
            required: !!getFieldValue(["lines", name, "cost"]),
            message: t("form.currency"),
          }),
          { pattern: /^[A-Za-z]{3}$/, message: t("form.currency") },
        ]}
      >
        <Input maxLength={3} aria-label={t("stock.currency")} placeholder={t("stock.currency")} />
      </Form.Item>
    </>
  );
}
