import { Select, Tag } from "antd";
import { useWords } from "../i18n/LanguageProvider";
import type { Content } from "./api";
import { OFFERED_LANGUAGES, languagesOf } from "./terms";

interface Props {
  content: Content;
  shown: string[];
  setShown: (languages: string[]) => void;
  change: (content: Content, typing?: string) => void;
}

/** Which languages stand side by side, and one more to write in. */
export function LanguagePick({ content, shown, setShown, change }: Props) {
  const { t, f } = useWords();
  const known = languagesOf(content.title);
  const all = [...new Set([...known, ...shown])];
  const more = OFFERED_LANGUAGES.filter((one) => !all.includes(one));
  const toggle = (code: string, on: boolean) =>
    setShown(on ? [...shown, code] : shown.filter((one) => one !== code));
  const add = (code: string) => {
    change({ ...content, title: { ...content.title, [code]: "" } });
    setShown([...shown, code].slice(-3));
  };
  return (
    <div className="language-pick">
      <span className="quiet">{t("sop.languages")}</span>
      {all.map((code) => (
        <Tag.CheckableTag
          key={code}
          checked={shown.includes(code)}
          onChange={(on) => (on || shown.length > 1) && toggle(code, on)}
        >
          {f.languageName(code)}
        </Tag.CheckableTag>
      ))}
      <Select<string>
        size="small"
        value={undefined}
        placeholder={t("sop.addLanguage")}
        aria-label={t("sop.addLanguage")}
        options={more.map((value) => ({ value, label: f.languageName(value) }))}
        onChange={add}
      />
    </div>
  );
}
