import { Form, Input } from "antd";
import { transferDevice } from "../api/devices";
import { findCustomers } from "../api/lookups";
import type { Asset } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { Lookup } from "../ui/Lookup";

interface Values {
  customer_id?: string | null;
  site?: string;
  contract_number?: string;
  reason?: string;
}

interface Props {
  device: Asset;
  /** Name of the present owner; empty: nobody. */
  owner: string;
  onClose: () => void;
}

/** A device gets another owner; its contract ends with the old one. */
export function OwnerDialog({ device, owner, onClose }: Props) {
  const { t } = useWords();
  return (
    <ActDialog<Values, Asset>
      danger
      title={`${t.label("deviceAct", "owner")}: ${device.serial}`}
      hint={owner ? t("device.ownerHint", { owner }) : t("device.noOwner")}
      submit={t.label("deviceAct", "owner")}
      version={device.version}
      refresh={[["assets"], ["customers"]]}
      run={({ customer_id, site, contract_number, reason }, { key, version }) =>
        transferDevice(
          device.serial,
          {
            customer_id: customer_id ?? null,
            site: site?.trim() ?? "",
            contract_number: contract_number?.trim() ?? "",
            reason: reason?.trim() ?? "",
            version,
          },
          key,
        )
      }
      done={() => t("device.ownerSet")}
      onClose={onClose}
    >
      <Form.Item name="customer_id" label={t("device.newOwner")} extra={t("device.newOwnerHint")}>
        <Lookup kind="customers" find={findCustomers} label={t("device.newOwner")} autoFocus />
      </Form.Item>
      <Form.Item name="site" label={t("device.newSite")}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="contract_number" label={t("device.newContract")}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="reason" label={t("stock.reason")}>
        <Input maxLength={500} />
      </Form.Item>
    </ActDialog>
  );
}
