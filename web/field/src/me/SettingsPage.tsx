import { useMutation } from "@tanstack/react-query";
import { changeLanguage, logout } from "../api/account";
import { forgetLogin } from "../app/queryClient";
import { useMe } from "../app/session";
import { useCommands } from "../commands/outbox";
import { LANGUAGES } from "../i18n/catalogue";
import type { Language } from "../i18n/catalogue";
import { useWords } from "../i18n/LanguageProvider";
import { Button } from "../ui/Button";
import { Check, Choice } from "../ui/Field";
import { Page } from "../ui/Page";
import { Confirm } from "../ui/Sheet";
import { Note } from "../ui/States";
import { chime } from "../ui/sound";
import { useFailureText } from "../ui/useFailureText";
import { useStored } from "../ui/useStored";
import { useTheme } from "../ui/useTheme";
import type { Theme } from "../ui/useTheme";
import { useState } from "react";

const THEMES: readonly Theme[] = ["system", "light", "dark"];
const NAMES: Record<Language, string> = { zh: "简体中文", en: "English" };

/** How the app looks, sounds and speaks; and the way out. */
export default function SettingsPage() {
  const { t, language, setLanguage } = useWords();
  const me = useMe();
  const [theme, setTheme] = useTheme();
  const [sound, setSound] = useStored("sound", false);
  const [asking, setAsking] = useState(false);
  const unsent = useCommands().length;
  const text = useFailureText();
  const out = useMutation({ mutationFn: logout, networkMode: "always", onSuccess: forgetLogin });
  const speak = useMutation({ mutationFn: changeLanguage, networkMode: "always" });
  return (
    <Page title={t("me.settings")} back="/me">
      <section className="card">
        <Choice
          label={t("settings.language")} inline value={language}
          options={LANGUAGES.map((one) => [one, NAMES[one]] as const)}
          onChange={(value) => {
            setLanguage(value as Language);
            speak.mutate(value);
          }}
        />
        <Choice
          label={t("settings.theme")} inline value={theme} onChange={(value) => setTheme(value as Theme)}
          options={THEMES.map((one) => [one, t.label("theme", one)] as const)}
        />
        <Check
          label={t("settings.sound")} checked={sound}
          onChange={(on) => {
            setSound(on);
            if (on) chime("high");
          }}
        />
      </section>
      <section className="card">
        <p>
          {me.name}
          <br />
          <span className="quiet wrap">{me.email}</span>
        </p>
        {out.isError && <Note tone="red" role="alert">{text(out.error)}</Note>}
        <Button kind="quiet" wide busy={out.isPending} onClick={() => (unsent ? setAsking(true) : out.mutate())}>
          {t("settings.logout")}
        </Button>
      </section>
      {asking && (
        <Confirm
          title={t("settings.logout")} text={t("settings.unsent", { count: unsent })} yes={t("settings.logout")} danger
          onYes={() => {
            setAsking(false);
            out.mutate();
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </Page>
  );
}
