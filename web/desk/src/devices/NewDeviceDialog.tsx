import { Form, Input, Select } from "antd";
import { useNavigate } from "react-router";
import { useMay } from "../app/session";
import { createDevice } from "../api/devices";
import type { NewDevice } from "../api/devices";
import { findCustomers } from "../api/lookups";
import type { Asset } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { Lookup } from "../ui/Lookup";
import { DEVICE_STATUSES, devicePath } from "./terms";

/** A device is registered; its file opens. */
export function NewDeviceDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const mayReadCustomers = useMay("customers:read");
  const needed = { required: true, whitespace: true, message: t("form.needed") };
  return (
    <ActDialog<NewDevice, Asset>
      title={t("device.add")}
      submit={t("device.add")}
      width={600}
      initial={{ status: "in_stock" }}
      refresh={[["assets"]]}
      run={(values, { key }) =>
        createDevice(
          {
            ...values,
            customer_id: values.customer_id || null,
            installed_on: values.installed_on || null,
            warranty_until: values.warranty_until || null,
          },
          key,
        )
      }
      onDone={(made) => void navigate(devicePath(made.serial))}
      onClose={onClose}
    >
      <div className="form-two">
        <Form.Item name="serial" label={t("device.serial")} rules={[needed]}>
          <Input autoFocus maxLength={80} />
        </Form.Item>
        <Form.Item name="model" label={t("device.model")} rules={[needed]} extra={t("device.modelHint")}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="status" label={t("device.status")}>
          <Select options={DEVICE_STATUSES.map((one) => ({ value: one, label: t.label("deviceStatus", one) }))} />
        </Form.Item>
        <Form.Item name="name" label={t("device.name")}>
          <Input maxLength={120} />
        </Form.Item>
        {mayReadCustomers && (
          <Form.Item name="customer_id" label={t("side.customer")}>
            <Lookup kind="customers" find={findCustomers} label={t("side.customer")} />
          </Form.Item>
        )}
        <Form.Item name="site" label={t("device.site")}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="installed_on" label={t("device.installed")}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="warranty_until" label={t("device.warrantyUntil")} extra={t("device.warrantyHint")}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="firmware" label={t("device.firmware")}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="contract_number" label={t("device.contract")}>
          <Input maxLength={60} />
        </Form.Item>
      </div>
    </ActDialog>
  );
}
