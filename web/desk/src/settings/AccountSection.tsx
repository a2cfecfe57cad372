import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Segmented } from "antd";
import { useMe } from "../app/session";
import { changeLanguage } from "../api/account";
import { LANGUAGES, nearest } from "../i18n/catalogue";
import type { Language } from "../i18n/catalogue";
import { useWords } from "../i18n/LanguageProvider";
import { useLook } from "../theme/ThemeProvider";
import { Facts, Section } from "../ui/Facts";
import { useFailure } from "../ui/useFailureText";
import { LoginsSection } from "./LoginsSection";
import { PasswordSection } from "./PasswordSection";
import { TokensSection } from "./TokensSection";

const OWN_NAMES: Record<Language, string> = { zh: "中文", en: "English" };

export function AccountSection() {
  const { t, language, setLanguage } = useWords();
  const me = useMe();
  const look = useLook();
  const client = useQueryClient();
  const { fail } = useFailure();
  const save = useMutation({
    mutationFn: changeLanguage,
    onSuccess: () => client.invalidateQueries({ queryKey: ["me"] }),
    onError: fail,
  });
  const choose = (chosen: Language) => {
    setLanguage(chosen);
    if (nearest(me.language) !== chosen) save.mutate(chosen);
  };
  return (
    <div className="settings">
      <Section title={me.name}>
        <Facts
          facts={[
            { label: t("user.email"), value: me.email },
            { label: t("user.role"), value: t.label("role", me.role) },
            { label: t("user.company"), value: me.tenant.name },
            {
              label: t("user.language"),
              value: (
                <Segmented<Language>
                  aria-label={t("user.language")}
                  value={language}
                  options={LANGUAGES.map((code) => ({ value: code, label: OWN_NAMES[code] }))}
                  onChange={choose}
                />
              ),
            },
            {
              label: t("user.look"),
              value: (
                <Segmented
                  aria-label={t("user.look")}
                  value={look.mode}
                  options={[
                    { value: "light", label: t("user.light") },
                    { value: "dark", label: t("user.dark") },
                  ]}
                  onChange={look.toggle}
                />
              ),
            },
          ]}
        />
      </Section>
      <PasswordSection />
      <LoginsSection />
      <TokensSection />
    </div>
  );
}
