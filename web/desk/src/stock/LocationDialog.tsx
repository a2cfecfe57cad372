import { Checkbox, Form, Input, Select } from "antd";
import { putLocation } from "../api/stock";
import type { StockLocation } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { LocationPicker } from "./pickers";
import { LEVELS } from "./terms";

interface Props {
  /** The location to change; none: a new one. */
  location?: StockLocation;
  onDone?: (code: string) => void;
  onClose: () => void;
}

interface Values {
  code: string;
  level: string;
  name?: string;
  parent?: string | null;
  engineer?: string;
  active?: boolean;
}

/** A place that holds parts: its level, what it is called, what stands above it, whose van it is. */
export function LocationDialog({ location, onDone, onClose }: Props) {
  const { t } = useWords();
  return (
    <ActDialog<Values, StockLocation>
      title={location ? t("location.change", { code: location.code }) : t("location.add")}
      submit={t("act.save")}
      version={location?.version}
      initial={location ? { ...location, parent: location.parent || null } : { level: "van", active: true }}
      refresh={[["stock"]]}
      run={({ code, level, name, parent, engineer, active }, { version }) =>
        putLocation(code.trim(), {
          level,
          name: name?.trim() ?? "",
          parent: parent ?? "",
          engineer: engineer?.trim() ?? "",
          active: active ?? true,
          version,
        })
      }
      done={(saved) => t("location.saved", { code: saved.code })}
      onDone={(saved) => onDone?.(saved.code)}
      onClose={onClose}
    >
      <div className="form-two">
        <Form.Item
          name="code"
          label={t("location.code")}
          rules={[{ required: true, whitespace: true, message: t("form.needed") }]}
        >
          <Input maxLength={80} disabled={!!location} autoFocus={!location} />
        </Form.Item>
        <Form.Item name="level" label={t("location.level")}>
          <Select
            disabled={!!location}
            options={LEVELS.map((one) => ({ value: one, label: t.label("stockLevel", one) }))}
          />
        </Form.Item>
        <Form.Item name="name" label={t("stock.name")}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="parent" label={t("location.above")}>
          <LocationPicker label={t("stock.location")} />
        </Form.Item>
        <Form.Item name="engineer" label={t("location.engineer")} extra={t("location.engineerHint")}>
          <Input maxLength={40} />
        </Form.Item>
      </div>
      <Form.Item name="active" valuePropName="checked" extra={t("location.closeHint")}>
        <Checkbox>{t("location.active")}</Checkbox>
      </Form.Item>
    </ActDialog>
  );
}
