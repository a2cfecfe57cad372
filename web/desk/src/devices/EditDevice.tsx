import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input } from "antd";
import { changeDevice } from "../api/devices";
import type { Asset } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { settingOf } from "./settingValue";

interface Values {
  name?: string;
  shipped_on?: string;
  installed_on?: string;
  installed_by?: string;
  warranty_until?: string;
  contract_number?: string;
  parent?: string;
  settings?: { name?: string; value?: string }[];
}

/** Facts of a device that are mended by hand; what happened to it has acts of its own. */
export function EditDevice({ device, onClose }: { device: Asset; onClose: () => void }) {
  const { t } = useWords();
  const settings = Object.entries(device.configuration ?? {}).map(([name, value]) => ({
    name,
    value: value === null ? "" : String(value),
  }));
  return (
    <ActDialog<Values, Asset>
      title={t("act.edit", { name: device.serial })}
      submit={t("act.save")}
      width={620}
      version={device.version}
      initial={{
        name: device.name,
        shipped_on: device.shipped_on ?? "",
        installed_on: device.installed_on ?? "",
        installed_by: device.installed_by,
        warranty_until: device.warranty_until ?? "",
        contract_number: device.contract_number,
        parent: device.parent ?? "",
        settings,
      }}
      refresh={[["assets"]]}
      run={(values, { version }) =>
        changeDevice(device.serial, {
          name: values.name?.trim() ?? "",
          shipped_on: values.shipped_on || null,
          installed_on: values.installed_on || null,
          installed_by: values.installed_by?.trim() ?? "",
          warranty_until: values.warranty_until || null,
          contract_number: values.contract_number?.trim() ?? "",
          parent: values.parent?.trim() || null,
          configuration: Object.fromEntries(
            (values.settings ?? [])
              .filter((one) => one?.name?.trim())
              .map(({ name = "", value = "" }) => [
                name.trim(),
                settingOf(value, device.configuration?.[name.trim()]),
              ]),
          ),
          version,
        })
      }
      done={() => t("device.saved", { serial: device.serial })}
      onClose={onClose}
    >
      <div className="form-two">
        <Form.Item name="name" label={t("device.name")}>
          <Input autoFocus maxLength={120} />
        </Form.Item>
        <Form.Item name="contract_number" label={t("device.contract")}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="shipped_on" label={t("device.shipped")}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="installed_on" label={t("device.installed")}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="installed_by" label={t("device.installedBy")}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="warranty_until" label={t("device.warrantyUntil")}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="parent" label={t("device.parent")} extra={t("device.parentHint")}>
          <Input maxLength={80} />
        </Form.Item>
      </div>
      <SettingsField />
    </ActDialog>
  );
}

function SettingsField() {
  const { t } = useWords();
  return (
    <Form.Item label={t("device.configuration")}>
      <Form.List name="settings">
        {(fields, { add, remove }) => (
          <div className="settings-list">
            {fields.map(({ key, name }) => (
              <div key={key} className="settings-line">
                <Form.Item name={[name, "name"]} noStyle>
                  <Input maxLength={80} aria-label={t("device.setting")} placeholder={t("device.setting")} />
                </Form.Item>
                <Form.Item name={[name, "value"]} noStyle>
                  <Input maxLength={500} aria-label={t("device.value")} placeholder={t("device.value")} />
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t("act.remove", { name: String(name + 1) })}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({})}>
              {t("device.addSetting")}
            </Button>
          </div>
        )}
      </Form.List>
    </Form.Item>
  );
}
