import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { FormEvent } from "react";
import { Navigate, useSearchParams } from "react-router";
import { hints, login } from "../api/account";
import { urlOf } from "../api/client";
import { nearest } from "../i18n/catalogue";
import { useWords } from "../i18n/LanguageProvider";
import { Button } from "../ui/Button";
import { TextInput } from "../ui/Field";
import { Note } from "../ui/States";
import { useFailureText } from "../ui/useFailureText";
import { useTheme } from "../ui/useTheme";
import { backTo } from "./backTo";
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
  const text = useFailureText();
  useTheme();
  const offered = useQuery({ queryKey: ["login-hints"], queryFn: hints, staleTime: Infinity });
  const attempt = useMutation({
    mutationFn: ({ email, password }: Credentials) => login(email.trim(), password),
    networkMode: "always",
    onSuccess: ({ user }) => {
      setLanguage(nearest(user.language));
      return client.invalidateQueries({ queryKey: ["me"] });
    },
  });
  if (session.data) return <Navigate to={backTo(params.get("next"))} replace />;
  const oidc = offered.data?.oidc;
  const demo = (offered.data?.demo_logins ?? []).filter((one) => one.role === "engineer");
  return (
    <main className="login">
      <div className="login-mark">
        <img src="/field/icon.svg" width="56" height="56" alt="" />
        <div>
          <h1>{t("app.name")}</h1>
          <p className="quiet">{t("app.what")}</p>
        </div>
      </div>
      {attempt.isError && (
        <Note tone="red" role="alert">
          {text(attempt.error)}
        </Note>
      )}
      <PasswordForm busy={attempt.isPending} onSubmit={attempt.mutate} />
      {oidc && (
        <a className="button quiet-button wide" href={urlOf("/v1/auth/oidc/start", { next: "/field/" })}>
          {t("login.oidc", { name: oidc.name })}
        </a>
      )}
      {demo.map((one) => (
        <Button key={one.email} kind="quiet" wide onClick={() => attempt.mutate(one)}>
          {t("login.demo")} · {one.email}
        </Button>
      ))}
    </main>
  );
}

function PasswordForm({ busy, onSubmit }: { busy: boolean; onSubmit: (given: Credentials) => void }) {
  const { t } = useWords();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit({ email, password });
  };
  return (
    <form className="form" onSubmit={submit}>
      <TextInput
        label={t("login.email")} value={email} onChange={setEmail} type="email" name="email"
        autoComplete="username" autoCapitalize="none" required
      />
      <TextInput
        label={t("login.password")} value={password} onChange={setPassword} name="password"
        type={shown ? "text" : "password"} autoComplete="current-password" required
      />
      <label className="check">
        <input type="checkbox" checked={shown} onChange={(event) => setShown(event.target.checked)} />
        {t("login.show")}
      </label>
      <Button type="submit" size="big" wide busy={busy}>
        {t("login.submit")}
      </Button>
    </form>
  );
}
