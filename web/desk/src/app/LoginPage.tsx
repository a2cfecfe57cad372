import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input } from "antd";
import { Navigate, useSearchParams } from "react-router";
import { demoLogins, login } from "../api/account";
import type { DemoLogin } from "../api/types";
import { nearest } from "../i18n/catalogue";
import { useWords } from "../i18n/LanguageProvider";
import { Mark } from "../ui/Mark";
import { Splash } from "../ui/Splash";
import { useFailureText } from "../ui/useFailureText";
import { LanguageSwitch, ModeSwitch } from "./Switches";
import { useSession } from "./session";
import "../styles/login.css";

interface Credentials {
  email: string;
  password: string;
}

/** Only paths of the desk are gone back to. */
const backTo = (next: string | null): string =>
  next?.startsWith("/") && !next.startsWith("//") && !next.startsWith("/login") ? next : "/";

export function LoginPage() {
  const { t, setLanguage } = useWords();
  const [params] = useSearchParams();
  const session = useSession();
  const client = useQueryClient();
  const failureText = useFailureText();
  const [form] = Form.useForm<Credentials>();
  const attempt = useMutation({
    mutationFn: ({ email, password }: Credentials) => login(email.trim(), password),
    onSuccess: ({ user }) => {
      setLanguage(nearest(user.language));
      return client.invalidateQueries({ queryKey: ["me"] });
    },
  });

  if (session.isPending) return <Splash />;
  if (session.data) return <Navigate to={backTo(params.get("next"))} replace />;
  return (
    <main className="login">
      <div className="login-corner">
        <LanguageSwitch />
        <ModeSwitch />
      </div>
      <section className="login-card" aria-labelledby="login-title">
        <div className="login-brand">
          <Mark size={36} />
          <div>
            <h1 id="login-title">{t("app.name")}</h1>
            <p>{t("login.subtitle")}</p>
          </div>
        </div>
        {attempt.isError && (
          <Alert type="error" showIcon title={failureText(attempt.error)} role="alert" />
        )}
        <Form form={form} layout="vertical" requiredMark={false} onFinish={(v) => attempt.mutate(v)}>
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
          <Button type="primary" htmlType="submit" size="large" block loading={attempt.isPending}>
            {t("login.submit")}
          </Button>
        </Form>
        <DemoLogins onPick={(one) => attempt.mutate(one)} />
      </section>
    </main>
  );
}

function DemoLogins({ onPick }: { onPick: (login: DemoLogin) => void }) {
  const { t } = useWords();
  const logins = useQuery({ queryKey: ["demo-logins"], queryFn: demoLogins, staleTime: Infinity });
  if (!logins.data?.length) return null;
  return (
    <div className="login-demo">
      <p>{t("login.demo")}</p>
      <ul>
        {logins.data.map((one) => (
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
