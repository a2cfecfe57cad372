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

/** Gives every page the texts and formats of the chosen language. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useStored<Language>("language", nearest(navigator.language));
  const [words, setWords] = useState<{ language: Language; t: Translator }>();

  useEffect(() => {
    let stale = false;
    void load(language).then((catalogue) => {
      if (!stale) setWords({ language, t: translator(catalogue, language) });
    });
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    return () => {
      stale = true;
    };
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
