import { Form, Input, InputNumber } from "antd";
import { changeEndpoint, removeEndpoint, rotateSecret } from "../api/outbound";
import type { Endpoint } from "../api/outbound";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";

interface Props {
  endpoint: Endpoint;
  onClose: () => void;
}

/** Another secret, with hours in which both are valid. */
export function RotateDialog({ endpoint, onDone, onClose }: Props & { onDone: (made: Endpoint) => void }) {
  const { t } = useWords();
  return (
    <ActDialog<{ hours: number }, Endpoint>
      title={t("webhooks.rotate")}
      hint={t("webhooks.rotateHint")}
      submit={t("webhooks.rotateNow")}
      initial={{ hours: 24 }}
      run={({ hours }, { key }) => rotateSecret(endpoint.id, hours, key)}
      refresh={[["webhooks"]]}
      onDone={onDone}
      onClose={onClose}
    >
      <Form.Item name="hours" label={t("webhooks.overlap")}>
        <InputNumber min={0} max={168} precision={0} />
      </Form.Item>
    </ActDialog>
  );
}

/** Send nothing more for now, and say why. */
export function DisableDialog({ endpoint, onClose }: Props) {
  const { t } = useWords();
  return (
    <ActDialog<{ reason: string }, Endpoint>
      title={t("webhooks.disable")}
      hint={t("webhooks.disableHint")}
      submit={t("webhooks.disable")}
      version={endpoint.version}
      initial={{ reason: "" }}
      run={({ reason }, { key, version }) =>
        changeEndpoint(endpoint.id, { enabled: false, reason }, { key, version })
      }
      refresh={[["webhooks"]]}
      done={() => t("webhooks.disabledNow")}
      onClose={onClose}
    >
      <Form.Item name="reason" label={t("webhooks.reason")}>
        <Input maxLength={300} autoFocus />
      </Form.Item>
    </ActDialog>
  );
}

/** Remove an endpoint with its log. */
export function RemoveDialog({ endpoint, onDone, onClose }: Props & { onDone: () => void }) {
  const { t } = useWords();
  return (
    <ActDialog<object, unknown>
      title={t("webhooks.removeAsk", { name: endpoint.description || endpoint.url })}
      hint={t("webhooks.removeHint", { count: endpoint.waiting })}
      submit={t("webhooks.remove")}
      danger
      run={() => removeEndpoint(endpoint.id)}
      refresh={[["webhooks", "endpoints"]]}
      done={() => t("webhooks.removed")}
      onDone={onDone}
      onClose={onClose}
    />
  );
}
