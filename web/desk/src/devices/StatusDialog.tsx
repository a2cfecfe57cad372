import { Form, Input, Radio } from "antd";
import { setDeviceStatus } from "../api/devices";
import type { Asset } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";

interface Values {
  status: string;
  on?: string;
  reason?: string;
}

/** A step in a device's life; only those that its present status allows are offered. */
export function StatusDialog({ device, onClose }: { device: Asset; onClose: () => void }) {
  const { t } = useWords();
  const possible = device.possible_statuses ?? [];
  return (
    <ActDialog<Values, Asset>
      title={`${t.label("deviceAct", "status")}: ${device.serial}`}
      hint={t("device.statusNow", { status: t.label("deviceStatus", device.status ?? "") })}
      submit={t("act.save")}
      version={device.version}
      initial={{ status: possible[0] }}
      refresh={[["assets"]]}
      run={({ status, on, reason }, { key, version }) =>
        setDeviceStatus(
          device.serial,
          { status, reason: reason?.trim() ?? "", version, ...(on ? { on } : {}) },
          key,
        )
      }
      done={(saved) => t("device.statusSet", { status: t.label("deviceStatus", saved.status ?? "") })}
      onClose={onClose}
    >
      <Form.Item name="status" rules={[{ required: true, message: t("form.needed") }]}>
        <Radio.Group
          vertical
          options={possible.map((one) => ({ value: one, label: t.label("deviceStatus", one) }))}
        />
      </Form.Item>
      <Form.Item name="on" label={t("device.onDay")}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="reason" label={t("stock.reason")}>
        <Input maxLength={500} />
      </Form.Item>
    </ActDialog>
  );
}
