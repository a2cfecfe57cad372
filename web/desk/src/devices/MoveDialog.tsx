import { Form, Input } from "antd";
import { moveDevice } from "../api/devices";
import type { Asset } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";

interface Values {
  site: string;
  reason?: string;
}

/** A device stands elsewhere from now on, with the same owner. */
export function MoveDialog({ device, onClose }: { device: Asset; onClose: () => void }) {
  const { t } = useWords();
  return (
    <ActDialog<Values, Asset>
      title={`${t.label("deviceAct", "move")}: ${device.serial}`}
      hint={device.site && t("device.standsAt", { site: device.site })}
      submit={t.label("deviceAct", "move")}
      version={device.version}
      refresh={[["assets"]]}
      run={({ site, reason }, { key, version }) =>
        moveDevice(device.serial, { site: site.trim(), reason: reason?.trim() ?? "", version }, key)
      }
      done={() => t("device.moved")}
      onClose={onClose}
    >
      <Form.Item
        name="site"
        label={t("device.newSite")}
        rules={[{ required: true, whitespace: true, message: t("form.needed") }]}
      >
        <Input autoFocus maxLength={200} />
      </Form.Item>
      <Form.Item name="reason" label={t("stock.reason")}>
        <Input maxLength={500} />
      </Form.Item>
    </ActDialog>
  );
}
