import type { ReactNode } from "react";
import { useWords } from "../i18n/LanguageProvider";
import { Mark } from "../ui/Mark";
import { LanguageSwitch, ModeSwitch } from "./Switches";
import "../styles/login.css";

/** The card that everybody meets who is not logged in. */
export function LoginFrame({ children }: { children: ReactNode }) {
  const { t } = useWords();
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
        {children}
      </section>
    </main>
  );
}
