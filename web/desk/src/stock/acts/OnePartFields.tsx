import { Form, Input, InputNumber, Segmented } from "antd";
import { useWords } from "../../i18n/LanguageProvider";
import { LocationPicker, PartPicker } from "../pickers";
import { CONDITIONS } from "../terms";

/** The fields of an act on one part at one location. */
export function OnePartFields({ place }: { place: string }) {
  const { t } = useWords();
  const needed = { required: true, message: t("form.needed") };
  return (
    <>
      <Form.Item name="location" label={place} rules={[needed]}>
        <LocationPicker label={t("stock.location")} />
      </Form.Item>
      <Form.Item name="part" label={t("stock.part")} rules={[needed]}>
        <PartPicker label={t("stock.part")} />
      </Form.Item>
      <div className="form-three">
        <Form.Item name="quantity" label={t("stock.quantity")} rules={[needed]}>
          <InputNumber min={1} max={1_000_000} precision={0} />
        </Form.Item>
        <Form.Item name="lot" label={t("stock.lot")}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="serial" label={t("stock.serial")}>
          <Input maxLength={80} />
        </Form.Item>
      </div>
      <Form.Item name="condition" label={t("stock.condition")}>
        <Segmented
          options={CONDITIONS.map((one) => ({ value: one, label: t.label("condition", one) }))}
        />
      </Form.Item>
    </>
  );
}
