import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { createContext, useContext, useEffect, useMemo, useState } from "react";
import type { ReactNode } from "react";
import { useStored } from "../ui/useStored";
import { load, nearest, translator } from "./catalogue";
import type { Language, Translator } from "./catalogue";
import { formats } from "./format";
import type { Formats } from "./format";

interface Words {
  language: Language;
  setLanguage: (language: Language) => void;
  t: Translator;
  f: Formats;
}

const Context = createContext<Words | null>(null);

export const antdLocale = { zh: zhCN, en: enUS };

/** Gives every component the texts and formats of the chosen language. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useStored<Language>("language", nearest(navigator.language));
  const [words, setWords] = useState<{ language: Language; t: Translator }>();

  useEffect(() => {
    let stale = false;
    void load(language).then((catalogue) => {
      if (!stale) setWords({ language, t: translator(catalogue, language) });
    });
    return () => {
      stale = true;
    };
  }, [language]);

  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  }, [language]);

  const value = useMemo(
    () =>
      words && { language: words.language, setLanguage, t: words.t, f: formats(words.language) },
    [words, setLanguage],
  );
  return value ? <Context value={value}>{children}</Context> : null;
}

export function useWords(): Words {
  const words = useContext(Context);
  if (!words) throw new Error("useWords needs a LanguageProvider");
  return words;
}
