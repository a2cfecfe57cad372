import { DeleteOutlined } from "@ant-design/icons";
import { Button, Checkbox, Select } from "antd";
import type { FormItem, OwnField } from "../api/customise";
import { STATES } from "../tickets/terms";
import { useWords } from "../i18n/LanguageProvider";
import { useText } from "./ownFields";

const ENTERED = STATES.filter((one) => one !== "new" && one !== "merged");

interface Props {
  item: FormItem;
  field?: OwnField;
  /** Fields that this one may hang on. */
  above: OwnField[];
  change: (item: FormItem) => void;
  remove: () => void;
}

/** A field on a form: when it is needed, and when it is shown. */
export function FormItemLine({ item, field, above, change, remove }: Props) {
  const { t } = useWords();
  const text = useText();
  const fitting = above.filter((one) => ["choice", "multi_choice", "boolean"].includes(one.type));
  const hangs = item.shown_when;
  const other = fitting.find((one) => one.key === hangs?.field);
  const answers =
    other?.type === "boolean"
      ? [
          { value: "true", label: t("state.yes") },
          { value: "false", label: t("state.no") },
        ]
      : (other?.options ?? []).map((one) => ({ value: one.id, label: text(one.label) }));
  const read = (value: string) => (other?.type === "boolean" ? value === "true" : value);
  return (
    <div className="form-item">
      <div className="form-item-head">
        <strong>{text(field?.label) || item.field}</strong>
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          aria-label={t("act.remove", { name: text(field?.label) || item.field })}
          onClick={remove}
        />
      </div>
      <Checkbox checked={item.required} onChange={(event) => change({ ...item, required: event.target.checked })}>
        {t("own.neededToOpen")}
      </Checkbox>
      <label className="labelled-line">
        {t("own.neededIn")}
        <Select<string[]>
          mode="multiple"
          size="small"
          allowClear
          placeholder={t("own.never")}
          value={item.required_in}
          options={ENTERED.map((value) => ({ value: value as string, label: t.label("ticketState", value) }))}
          onChange={(required_in) => change({ ...item, required_in })}
        />
      </label>
      {(fitting.length > 0 || hangs) && (
        <label className="labelled-line">
          {t("own.shownWhen")}
          <Select<string>
            size="small"
            allowClear
            placeholder={t("own.always")}
            value={hangs?.field}
            options={fitting.map((one) => ({ value: one.key, label: text(one.label) }))}
            onChange={(key?: string) => change({ ...item, shown_when: key ? { field: key, values: [] } : null })}
          />
          {hangs && (
            <Select<string[]>
              mode="multiple"
              size="small"
              status={hangs.values.length ? undefined : "warning"}
              aria-label={t("own.hasValue")}
              placeholder={t("own.hasValue")}
              value={hangs.values.map(String)}
              options={answers}
              onChange={(values) => change({ ...item, shown_when: { ...hangs, values: values.map(read) } })}
            />
          )}
        </label>
      )}
    </div>
  );
}
