import { Input } from "antd";
import type { Texts } from "../api/customise";
import { useWords } from "../i18n/LanguageProvider";

const LANGUAGES = ["zh", "en"] as const;

interface Props {
  id?: string;
  value?: Texts;
  onChange?: (value: Texts) => void;
  max: number;
  area?: boolean;
}

/** A text in the two languages of the desk; other languages it may have stay as they are. */
export function LabelInput({ id, value = {}, onChange, max, area }: Props) {
  const { f } = useWords();
  const Field = area ? Input.TextArea : Input;
  return (
    <div className="label-input" id={id}>
      {LANGUAGES.map((code) => (
        <Field
          key={code}
          maxLength={max}
          aria-label={f.languageName(code)}
          placeholder={f.languageName(code)}
          value={value[code] ?? ""}
          onChange={(event) => onChange?.({ ...value, [code]: event.target.value })}
        />
      ))}
    </div>
  );
}
