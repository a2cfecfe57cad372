import { useWords } from "../i18n/LanguageProvider";

/** A language as its short code; the name on hover and for screen readers. */
export function LanguageTag({ code }: { code: string }) {
  const { f } = useWords();
  if (!code) return null;
  return (
    <abbr className="language-tag" title={f.languageName(code)}>
      {code.toUpperCase()}
    </abbr>
  );
}
