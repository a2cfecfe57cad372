import { App, ConfigProvider, theme } from "antd";
import { createContext, useContext, useEffect, useMemo } from "react";
import type { ReactNode } from "react";
import { antdLocale, useWords } from "../i18n/LanguageProvider";
import { useStored } from "../ui/useStored";
import { meaning, themeOf } from "./theme";
import type { Mode } from "./theme";

interface Look {
  mode: Mode;
  toggle: () => void;
}

const Context = createContext<Look>({ mode: "light", toggle: () => undefined });
export const useLook = (): Look => useContext(Context);

const TOKENS = {
  bg: "colorBgContainer",
  layout: "colorBgLayout",
  raised: "colorBgElevated",
  fill: "colorFillTertiary",
  "fill-strong": "colorFillSecondary",
  line: "colorBorderSecondary",
  "line-strong": "colorBorder",
  text: "colorText",
  "text-2": "colorTextSecondary",
  "text-3": "colorTextTertiary",
  primary: "colorPrimary",
  "primary-soft": "colorPrimaryBg",
  link: "colorLink",
  shadow: "boxShadowSecondary",
} as const;

/** Writes the theme's colours as `--name` properties, so that style sheets share them. */
function StyleProperties({ mode }: { mode: Mode }) {
  const { token } = theme.useToken();
  useEffect(() => {
    const root = document.documentElement;
    for (const [name, from] of Object.entries(TOKENS)) {
      root.style.setProperty(`--${name}`, token[from]);
    }
    for (const [name, value] of Object.entries(meaning(mode))) {
      root.style.setProperty(`--${name}`, value);
    }
    root.style.setProperty("--font", token.fontFamily);
    root.style.colorScheme = mode;
  }, [mode, token]);
  return null;
}

export function ThemeProvider({ children }: { children: ReactNode }) {
  const { language } = useWords();
  const preferred: Mode = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const [mode, setMode] = useStored<Mode>("mode", preferred);
  const look = useMemo(
    () => ({ mode, toggle: () => setMode(mode === "dark" ? "light" : "dark") }),
    [mode, setMode],
  );
  return (
    <ConfigProvider
      theme={themeOf(mode)}
      locale={antdLocale[language]}
      button={{ autoInsertSpace: false }}
    >
      <StyleProperties mode={mode} />
      <Context value={look}>
        <App component={false}>{children}</App>
      </Context>
    </ConfigProvider>
  );
}
