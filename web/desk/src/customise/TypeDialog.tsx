import { Form, Input, Select, Switch } from "antd";
import { saveType } from "../api/customise";
import type { OwnType } from "../api/customise";
import { PRIORITIES, TYPES } from "../tickets/terms";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { LabelInput } from "./LabelInput";
import { FORMS_KEY, TYPES_KEY } from "./ownFields";

interface Props {
  /** Absent: a new one. */
  type?: OwnType;
  onDone: (type: OwnType) => void;
  onClose: () => void;
}

/** A ticket type of the maker's own: its name, the built-in type it stands on, its usual priority. */
export function TypeDialog({ type, onDone, onClose }: Props) {
  const { t } = useWords();
  return (
    <ActDialog<OwnType, OwnType>
      title={type ? t("act.edit", { name: type.code }) : t("own.addType")}
      hint={t("own.typeHint")}
      submit={t("act.save")}
      version={type?.version ?? 0}
      initial={type ?? { label: {}, base: "request", priority: "", active: true }}
      refresh={[TYPES_KEY, FORMS_KEY]}
      run={(values, { version }) =>
        saveType({
          code: values.code, base: values.base, label: values.label,
          priority: values.priority ?? "", active: values.active, position: type?.position ?? 0,
          version: version ?? 0,
        })
      }
      done={() => t("own.typeSaved")}
      onDone={onDone}
      onClose={onClose}
    >
      <Form.Item name="label" label={t("own.label")}>
        <LabelInput max={120} />
      </Form.Item>
      <div className="form-two">
        <Form.Item
          name="code"
          label={t("own.code")}
          rules={[{ required: true, pattern: /^[a-z][a-z0-9_]{0,19}$/, message: t("own.keyRule") }]}
        >
          <Input disabled={!!type} maxLength={20} spellCheck={false} />
        </Form.Item>
        <Form.Item name="base" label={t("own.base")}>
          <Select disabled={!!type} options={TYPES.map((value) => ({ value, label: t.label("type", value) }))} />
        </Form.Item>
        <Form.Item name="priority" label={t("own.usualPriority")}>
          <Select
            options={[
              { value: "", label: t("own.asUsual") },
              ...PRIORITIES.map((value) => ({ value: value as string, label: t.label("priority", value) })),
            ]}
          />
        </Form.Item>
        <Form.Item name="active" label={t("own.typeActive")} valuePropName="checked">
          <Switch />
        </Form.Item>
      </div>
    </ActDialog>
  );
}
