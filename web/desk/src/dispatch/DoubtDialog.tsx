import { Form, Input, Modal } from "antd";
import { useWords } from "../i18n/LanguageProvider";
import { ReasonList } from "./reasons";
import type { Doubt } from "./useDropping";

interface Props {
  doubt: Doubt;
  busy: boolean;
  onForce: (reason: string) => void;
  onClose: () => void;
}

/** Something speaks against a drop that a person may overrule, with a reason for the log. */
export function DoubtDialog({ doubt, busy, onForce, onClose }: Props) {
  const { t } = useWords();
  const [form] = Form.useForm<{ reason: string }>();
  return (
    <Modal
      open
      title={t("dispatch.doubt")}
      okText={t("dispatch.force")}
      cancelText={t("act.cancel")}
      okButtonProps={{ loading: busy, danger: true }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <ReasonList reasons={doubt.reasons} />
      <Form form={form} layout="vertical" requiredMark={false} onFinish={({ reason }) => onForce(reason.trim())}>
        <Form.Item
          name="reason"
          label={t("dispatch.forceReason")}
          rules={[{ required: true, whitespace: true, message: t("form.needed") }]}
        >
          <Input autoFocus maxLength={1000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
