import { Form, Input } from "antd";
import { replaceComponent } from "../api/devices";
import type { Component } from "../api/devices";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";

interface Values {
  part?: string;
  serial_in?: string;
  lot_in?: string;
  reason?: string;
  work_order?: string;
}

interface Props {
  serial: string;
  component: Component;
  onClose: () => void;
}

/** One component out, another in; both serials stay on file. */
export function ReplaceDialog({ serial, component, onClose }: Props) {
  const { t } = useWords();
  const out = [component.part || component.name, component.serial || component.lot].filter(Boolean).join(" ");
  return (
    <ActDialog<Values, unknown>
      title={t("component.replaceTitle", { name: component.name || component.position })}
      hint={t("component.comesOut", { what: out || component.position })}
      submit={t("component.replace")}
      initial={{ part: component.part }}
      refresh={[["assets", serial]]}
      run={(values, { key }) =>
        replaceComponent(
          serial,
          component.id,
          {
            part: values.part?.trim() ?? "",
            serial_in: values.serial_in?.trim() ?? "",
            lot_in: values.lot_in?.trim() ?? "",
            reason: values.reason?.trim() ?? "",
            work_order: values.work_order?.trim() ?? "",
          },
          key,
        )
      }
      done={() => t("component.replaced")}
      onClose={onClose}
    >
      <div className="form-two">
        <Form.Item name="part" label={t("component.partIn")}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="serial_in" label={t("component.serialIn")}>
          <Input autoFocus maxLength={80} />
        </Form.Item>
        <Form.Item name="lot_in" label={t("stock.lot")}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="work_order" label={t("stock.workOrder")}>
          <Input maxLength={40} />
        </Form.Item>
      </div>
      <Form.Item name="reason" label={t("stock.reason")}>
        <Input maxLength={500} />
      </Form.Item>
    </ActDialog>
  );
}
