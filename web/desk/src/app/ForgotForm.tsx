import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Form, Input } from "antd";
import { forgotPassword } from "../api/people";
import { useWords } from "../i18n/LanguageProvider";
import { useFailureText } from "../ui/useFailureText";

/** Asks for a link to choose a new password; the answer is the same whether the account exists. */
export function ForgotForm({ onBack }: { onBack: () => void }) {
  const { t } = useWords();
  const failureText = useFailureText();
  const ask = useMutation({ mutationFn: ({ email }: { email: string }) => forgotPassword(email.trim()) });
  return (
    <>
      <p className="quiet">{t("forgot.hint")}</p>
      {ask.isError && <Alert type="error" showIcon title={failureText(ask.error)} role="alert" />}
      {ask.isSuccess ? (
        <Alert type="success" showIcon title={t("forgot.sent")} role="status" />
      ) : (
        <Form layout="vertical" requiredMark={false} onFinish={ask.mutate}>
          <Form.Item
            name="email"
            label={t("login.email")}
            rules={[{ required: true, type: "email", message: t("login.emailNeeded") }]}
          >
            <Input autoComplete="username" inputMode="email" autoFocus size="large" />
          </Form.Item>
          <Button type="primary" htmlType="submit" size="large" block loading={ask.isPending}>
            {t("forgot.send")}
          </Button>
        </Form>
      )}
      <Button type="link" block onClick={onBack}>
        {t("forgot.back")}
      </Button>
    </>
  );
}
