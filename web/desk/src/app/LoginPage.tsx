import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Divider, Form, Input } from "antd";
import { useState } from "react";
import { Navigate, useSearchParams } from "react-router";
import { login } from "../api/account";
import { urlOf } from "../api/client";
import { loginHints } from "../api/people";
import type { DemoLogin } from "../api/types";
import { nearest } from "../i18n/catalogue";
import { useWords } from "../i18n/LanguageProvider";
import { Splash } from "../ui/Splash";
import { useFailureText } from "../ui/useFailureText";
import { ForgotForm } from "./ForgotForm";
import { LoginFrame } from "./LoginFrame";
import { backTo, refusalOf } from "./backTo";
import { useSession } from "./session";

interface Credentials {
  email: string;
  password: string;
}

export function LoginPage() {
  const { t, setLanguage } = useWords();
  const [params] = useSearchParams();
  const session = useSession();
  const client = useQueryClient();
  const failureText = useFailureText();
  const [forgot, setForgot] = useState(false);
  const hints = useQuery({ queryKey: ["login-hints"], queryFn: loginHints, staleTime: Infinity });
  const attempt = useMutation({
    mutationFn: ({ email, password }: Credentials) => login(email.trim(), password),
    onSuccess: ({ user }) => {
      setLanguage(nearest(user.language));
      return client.invalidateQueries({ queryKey: ["me"] });
    },
  });
  const next = params.get("next");
  const refusal = refusalOf(next);

  if (session.isPending) return <Splash />;
  if (session.data) return <Navigate to={refusal ? "/" : backTo(next)} replace />;
  if (forgot) {
    return (
      <LoginFrame>
        <ForgotForm onBack={() => setForgot(false)} />
      </LoginFrame>
    );
  }
  const { oidc, demo_logins: demo = [] } = hints.data ?? {};
  return (
    <LoginFrame>
      {refusal && <Alert type="error" showIcon title={t(`login.refused.${refusal}`)} role="alert" />}
      {attempt.isError && (
        <Alert type="error" showIcon title={failureText(attempt.error)} role="alert" />
      )}
      {oidc && (
        <Button
          size="large"
          block
          href={urlOf("/v1/auth/oidc/start", { next: `/desk${refusal ? "/" : backTo(next)}` })}
        >
          {t("login.oidc", { name: oidc.name })}
        </Button>
      )}
      {oidc && <Divider plain>{t("login.or")}</Divider>}
      <PasswordForm busy={attempt.isPending} onSubmit={attempt.mutate} onForgot={() => setForgot(true)} />
      <DemoLogins logins={demo} onPick={(one) => attempt.mutate(one)} />
    </LoginFrame>
  );
}

interface PasswordFormProps {
  busy: boolean;
  onSubmit: (credentials: Credentials) => void;
  onForgot: () => void;
}

function PasswordForm({ busy, onSubmit, onForgot }: PasswordFormProps) {
  const { t } = useWords();
  return (
    <Form<Credentials> layout="vertical" requiredMark={false} onFinish={onSubmit}>
      <Form.Item
        name="email"
        label={t("login.email")}
        rules={[{ required: true, message: t("login.emailNeeded") }]}
      >
        <Input autoComplete="username" inputMode="email" autoFocus size="large" />
      </Form.Item>
      <Form.Item
        name="password"
        label={t("login.password")}
        rules={[{ required: true, message: t("login.passwordNeeded") }]}
      >
        <Input.Password autoComplete="current-password" size="large" />
      </Form.Item>
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {t("login.submit")}
      </Button>
      <Button type="link" block onClick={onForgot}>
        {t("login.forgot")}
      </Button>
    </Form>
  );
}

function DemoLogins({ logins, onPick }: { logins: DemoLogin[]; onPick: (login: DemoLogin) => void }) {
  const { t } = useWords();
  if (!logins.length) return null;
  return (
    <div className="login-demo">
      <p>{t("login.demo")}</p>
      <ul>
        {logins.map((one) => (
          <li key={one.email}>
            <button type="button" onClick={() => onPick(one)}>
              <strong>{t.label("role", one.role)}</strong>
              <small>{one.email}</small>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
