import { Form, Input } from "antd";
import { removeComponent } from "../api/devices";
import type { Component } from "../api/devices";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";

interface Props {
  serial: string;
  component: Component;
  onClose: () => void;
}

/** A component comes out and nothing goes in; it stays on file as removed. */
export function RemoveDialog({ serial, component, onClose }: Props) {
  const { t } = useWords();
  return (
    <ActDialog<{ reason?: string }, Component>
      danger
      title={t("component.removeTitle", { name: component.name || component.position })}
      hint={t("component.removeHint")}
      submit={t("component.remove")}
      version={component.version}
      refresh={[["assets", serial]]}
      run={({ reason }, { key, version }) =>
        removeComponent(serial, component.id, { reason: reason?.trim() ?? "", version }, key)
      }
      done={() => t("component.removed")}
      onClose={onClose}
    >
      <Form.Item name="reason" label={t("stock.reason")}>
        <Input autoFocus maxLength={500} />
      </Form.Item>
    </ActDialog>
  );
}
