import { Form, Input } from "antd";
import { addComponent } from "../api/devices";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";

interface Values {
  position: string;
  parent?: string;
  name?: string;
  part?: string;
  serial_in?: string;
  lot_in?: string;
}

/** A component is fitted in a position that is empty. */
export function AddComponentDialog({ serial, onClose }: { serial: string; onClose: () => void }) {
  const { t } = useWords();
  const text = (value: string | undefined) => value?.trim() ?? "";
  return (
    <ActDialog<Values, unknown>
      title={t("component.add")}
      submit={t("component.add")}
      refresh={[["assets", serial]]}
      run={(values, { key }) =>
        addComponent(
          serial,
          {
            position: values.position.trim(),
            parent: text(values.parent),
            name: text(values.name),
            part: text(values.part),
            serial_in: text(values.serial_in),
            lot_in: text(values.lot_in),
          },
          key,
        )
      }
      done={() => t("component.added")}
      onClose={onClose}
    >
      <div className="form-two">
        <Form.Item
          name="position"
          label={t("component.position")}
          rules={[{ required: true, whitespace: true, message: t("form.needed") }]}
        >
          <Input autoFocus maxLength={120} />
        </Form.Item>
        <Form.Item name="parent" label={t("component.parent")}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="name" label={t("stock.name")}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="part" label={t("stock.part")}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="serial_in" label={t("stock.serial")}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="lot_in" label={t("stock.lot")}>
          <Input maxLength={60} />
        </Form.Item>
      </div>
    </ActDialog>
  );
}
