import { Form, Input, Select } from "antd";
import { useWords } from "../../i18n/LanguageProvider";
import { PURPOSES } from "../terms";

/** What parts are wanted or kept for: the kind of thing and its number. */
export function PurposeFields() {
  const { t } = useWords();
  return (
    <>
      <Form.Item name="purpose_type" label={t("stock.purpose")}>
        <Select options={PURPOSES.map((one) => ({ value: one, label: t.label("purpose", one) }))} />
      </Form.Item>
      <Form.Item name="purpose_number" label={t("stock.purposeNumber")}>
        <Input maxLength={40} />
      </Form.Item>
    </>
  );
}
