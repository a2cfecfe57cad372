import { DownOutlined } from "@ant-design/icons";
import { Button, Dropdown, Modal } from "antd";
import { useState } from "react";
import { useMay } from "../app/session";
import { labelSheet } from "../api/devices";
import type { DeviceFile } from "../api/devices";
import { EntitlementCheck } from "../contracts/EntitlementCheck";
import { useWords } from "../i18n/LanguageProvider";
import { EditDevice } from "./EditDevice";
import { FirmwareDialog } from "./FirmwareDialog";
import { MoveDialog } from "./MoveDialog";
import { OwnerDialog } from "./OwnerDialog";
import { StatusDialog } from "./StatusDialog";

type Act = "edit" | "status" | "move" | "owner" | "firmware" | "cover";

/** What can be done to a device as a whole. */
export function DeviceActs({ file }: { file: DeviceFile }) {
  const { t } = useWords();
  const mayWrite = useMay("assets:write");
  const mayReadContracts = useMay("contracts:read");
  const [open, setOpen] = useState<Act>();
  const { asset: device } = file;
  const close = () => setOpen(undefined);
  const print = () => window.open(labelSheet([device.serial]), "_blank", "noopener");
  const acts: Act[] = mayWrite ? ["edit", "status", "move", "owner", "firmware"] : [];
  return (
    <>
      {mayReadContracts && <Button onClick={() => setOpen("cover")}>{t("device.whoPays")}</Button>}
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            ...acts.map((key) => ({ key, label: t.label("deviceAct", key) })),
            { key: "print", label: t("device.labels") },
          ],
          onClick: ({ key }) => (key === "print" ? print() : setOpen(key as Act)),
        }}
      >
        <Button>
          {t("stock.acts")} <DownOutlined />
        </Button>
      </Dropdown>
      {open === "edit" && <EditDevice device={device} onClose={close} />}
      {open === "status" && <StatusDialog device={device} onClose={close} />}
      {open === "move" && <MoveDialog device={device} onClose={close} />}
      {open === "owner" && <OwnerDialog device={device} owner={file.customer?.name ?? ""} onClose={close} />}
      {open === "firmware" && <FirmwareDialog device={device} onClose={close} />}
      {open === "cover" && (
        <Modal open title={t("device.whoPays")} footer={null} onCancel={close} destroyOnHidden>
          <EntitlementCheck serials={[device.serial]} />
        </Modal>
      )}
    </>
  );
}
