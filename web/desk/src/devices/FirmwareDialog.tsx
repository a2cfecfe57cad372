import { Form, Input } from "antd";
import { changeFirmware } from "../api/devices";
import type { Asset } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";

interface Values {
  firmware: string;
  note?: string;
}

/** A device runs another firmware from now on. */
export function FirmwareDialog({ device, onClose }: { device: Asset; onClose: () => void }) {
  const { t } = useWords();
  return (
    <ActDialog<Values, Asset>
      title={`${t.label("deviceAct", "firmware")}: ${device.serial}`}
      hint={device.firmware && t("device.runs", { firmware: device.firmware })}
      submit={t("act.save")}
      version={device.version}
      refresh={[["assets"]]}
      run={({ firmware, note }, { key, version }) =>
        changeFirmware(device.serial, { firmware: firmware.trim(), note: note?.trim() ?? "", version }, key)
      }
      done={(saved) => t("device.runs", { firmware: saved.firmware })}
      onClose={onClose}
    >
      <Form.Item
        name="firmware"
        label={t("device.firmware")}
        rules={[{ required: true, whitespace: true, message: t("form.needed") }]}
      >
        <Input autoFocus maxLength={40} />
      </Form.Item>
      <Form.Item name="note" label={t("stock.note")}>
        <Input maxLength={500} />
      </Form.Item>
    </ActDialog>
  );
}
