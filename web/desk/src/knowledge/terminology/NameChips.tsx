import { CloseOutlined } from "@ant-design/icons";
import { Input } from "antd";
import { useState } from "react";
import type { KeyboardEvent } from "react";
import { useWords } from "../../i18n/LanguageProvider";
import { preferring, withNames, withoutName } from "./names";
import type { Names } from "./names";

interface Props {
  lang: string;
  names: Names;
  /** Absent: to read only. */
  onChange?: (names: Names) => void;
}

/** Names as chips; the first is preferred, a click on another makes it the preferred one. */
export function NameChips({ lang, names, onChange }: Props) {
  const { t, f } = useWords();
  const [typed, setTyped] = useState("");
  const add = () => {
    if (typed.trim()) onChange?.(withNames(names, typed));
    setTyped("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && typed.trim()) {
      event.preventDefault();
      add();
    } else if (event.key === "Backspace" && typed === "" && names.length > 0) {
      onChange?.(names.slice(0, -1));
    }
  };
  return (
    <div className="name-chips">
      {names.map((name, index) => (
        <span key={name} className={index === 0 ? "chip chip-preferred" : "chip"}>
          <button
            type="button"
            lang={lang}
            disabled={!onChange || index === 0}
            title={index === 0 ? t("terms.preferred") : t("terms.prefer", { name })}
            onClick={() => onChange?.(preferring(names, name))}
          >
            {name}
          </button>
          {onChange && (
            <button
              type="button"
              aria-label={t("act.remove", { name })}
              onClick={() => onChange(withoutName(names, name))}
            >
              <CloseOutlined />
            </button>
          )}
        </span>
      ))}
      {names.length === 0 && !onChange && <span className="quiet">{t("state.none")}</span>}
      {onChange && (
        <Input
          size="small"
          variant="borderless"
          className="name-input"
          lang={lang}
          value={typed}
          aria-label={t("terms.addName", { language: f.languageName(lang) })}
          placeholder={t("terms.addNameHint")}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={add}
        />
      )}
    </div>
  );
}
