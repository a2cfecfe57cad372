import { useMutation, useQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { choosePassword, linkOwner } from "../api/people";
import { useWords } from "../i18n/LanguageProvider";
import { passwordRule } from "../settings/passwordRule";
import { LinesSkeleton } from "../ui/Skeletons";
import { useFailureText } from "../ui/useFailureText";
import { LoginFrame } from "./LoginFrame";

interface Values {
  password: string;
  again: string;
}

/** Choose a password by the one-time link of a mail; its secret stands behind `#`. */
export default function SetPasswordPage() {
  const { t, f } = useWords();
  const navigate = useNavigate();
  const failureText = useFailureText();
  const [token] = useState(() => location.hash.slice(1));
  const owner = useQuery({
    queryKey: ["password-link", token],
    queryFn: () => linkOwner(token),
    enabled: token.length >= 10,
    retry: false,
    staleTime: Infinity,
  });
  const choose = useMutation({
    mutationFn: ({ password }: Values) => choosePassword(token, password),
    onSuccess: () => void navigate("/login", { replace: true }),
  });
  const broken = token.length < 10 || owner.isError;
  return (
    <LoginFrame>
      {broken && <Alert type="error" showIcon title={t("setPassword.broken")} description={t("setPassword.brokenHint")} />}
      {choose.isError && <Alert type="error" showIcon title={failureText(choose.error)} role="alert" />}
      {!broken && owner.isPending && <LinesSkeleton lines={2} />}
      {owner.data && (
        <Form<Values> layout="vertical" requiredMark={false} onFinish={choose.mutate}>
          <p className="set-password-for">
            {t(owner.data.purpose === "invite" ? "setPassword.welcome" : "setPassword.hello", { name: owner.data.name })}
            <small className="quiet">
              {owner.data.email} · {t("setPassword.until", { time: f.dateTime(owner.data.expires_at) })}
            </small>
          </p>
          <input type="email" autoComplete="username" value={owner.data.email} readOnly hidden />
          <Form.Item name="password" label={t("password.new")} rules={[passwordRule(t)]}>
            <Input.Password autoFocus size="large" maxLength={200} autoComplete="new-password" />
          </Form.Item>
          <Form.Item
            name="again"
            label={t("password.again")}
            dependencies={["password"]}
            rules={[
              ({ getFieldValue }) => ({
                validator: async (_, again?: string) => {
                  if (again !== getFieldValue("password")) throw new Error(t("password.differs"));
                },
              }),
            ]}
          >
            <Input.Password size="large" maxLength={200} autoComplete="new-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" size="large" block loading={choose.isPending}>
            {t("setPassword.save")}
          </Button>
        </Form>
      )}
      <Link to="/login">{t("forgot.back")}</Link>
    </LoginFrame>
  );
}
