import { MoonOutlined, SunOutlined, TranslationOutlined } from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import { useWords } from "../i18n/LanguageProvider";
import { useLook } from "../theme/ThemeProvider";

export function ModeSwitch({ className }: { className?: string }) {
  const { t } = useWords();
  const { mode, toggle } = useLook();
  const label = mode === "dark" ? t("nav.light") : t("nav.dark");
  return (
    <Tooltip title={label} placement="right">
      <Button
        type="text"
        className={className}
        aria-label={label}
        icon={mode === "dark" ? <SunOutlined /> : <MoonOutlined />}
        onClick={toggle}
      />
    </Tooltip>
  );
}

/** Shows the other language under its own name, as a reader of it looks for it. */
export function LanguageSwitch({ className }: { className?: string }) {
  const { language, setLanguage, t } = useWords();
  return (
    <Tooltip title={t("nav.otherLanguage")} placement="right">
      <Button
        type="text"
        className={className}
        aria-label={t("nav.otherLanguage")}
        icon={<TranslationOutlined />}
        onClick={() => setLanguage(language === "zh" ? "en" : "zh")}
      />
    </Tooltip>
  );
}
