import { Form, Input, InputNumber, Select } from "antd";
import { useWords } from "../../i18n/LanguageProvider";

interface Field {
  name: string | string[];
  label: string;
  required?: boolean;
}

/** A line or some lines of text. */
export function TextField({ name, label, required, rows, max = 200 }: Field & { rows?: number; max?: number }) {
  const { t } = useWords();
  return (
    <Form.Item
      name={name}
      label={label}
      rules={[{ required, whitespace: required, message: t("form.needed") }]}
    >
      {rows ? (
        <Input.TextArea autoSize={{ minRows: rows, maxRows: 14 }} maxLength={max} />
      ) : (
        <Input maxLength={max} />
      )}
    </Form.Item>
  );
}

/** A whole or exact number, within bounds. */
export function NumberField(props: Field & { min?: number; max?: number; unit?: string; exact?: boolean }) {
  const { t } = useWords();
  return (
    <Form.Item
      name={props.name}
      label={props.label}
      rules={[{ required: props.required, message: t("form.needed") }]}
    >
      <InputNumber
        className="number-field"
        stringMode={props.exact}
        precision={props.exact ? undefined : 0}
        min={props.min}
        max={props.max}
        suffix={props.unit}
        inputMode="decimal"
      />
    </Form.Item>
  );
}

/** One of some coded values. */
export function ChoiceField(props: Field & { group: string; codes: readonly string[] }) {
  const { t } = useWords();
  return (
    <Form.Item
      name={props.name}
      label={props.label}
      rules={[{ required: props.required, message: t("form.needed") }]}
    >
      <Select
        allowClear={!props.required}
        options={props.codes.map((value) => ({ value, label: t.label(props.group, value) }))}
      />
    </Form.Item>
  );
}

/** When it happened, where it is written down later than that. */
export function WhenField() {
  const { t } = useWords();
  return (
    <Form.Item name="happened_at" label={t("visit.happenedAt")} extra={t("visit.happenedHint")}>
      <Input type="datetime-local" />
    </Form.Item>
  );
}
