import { Button, Form, Input } from "antd";
import { changePassword } from "../api/people";
import { useWords } from "../i18n/LanguageProvider";
import { Section } from "../ui/Facts";
import { useCommand } from "../ui/useCommand";
import { passwordRule } from "./passwordRule";

interface Values {
  old: string;
  fresh: string;
  again: string;
}

/** One's own password; all other logins end with the change. */
export function PasswordSection() {
  const { t } = useWords();
  const [form] = Form.useForm<Values>();
  const change = useCommand({
    run: ({ old, fresh }: Values) => changePassword(old, fresh),
    refresh: [["logins"]],
    done: () => t("password.changed"),
    onDone: () => form.resetFields(),
  });
  return (
    <Section title={t("password.title")}>
      <Form form={form} layout="vertical" className="inline-form" requiredMark={false} onFinish={change.submit}>
        <Form.Item name="old" label={t("password.old")} rules={[{ required: true, message: t("form.needed") }]}>
          <Input.Password maxLength={200} autoComplete="current-password" />
        </Form.Item>
        <Form.Item name="fresh" label={t("password.new")} rules={[passwordRule(t)]}>
          <Input.Password maxLength={200} autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={t("password.again")}
          dependencies={["fresh"]}
          rules={[
            ({ getFieldValue }) => ({
              validator: async (_, again?: string) => {
                if (again !== getFieldValue("fresh")) throw new Error(t("password.differs"));
              },
            }),
          ]}
        >
          <Input.Password maxLength={200} autoComplete="new-password" />
        </Form.Item>
        <Button htmlType="submit" loading={change.busy}>
          {t("password.change")}
        </Button>
      </Form>
    </Section>
  );
}
