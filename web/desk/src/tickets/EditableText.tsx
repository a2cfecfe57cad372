import { EditOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useState } from "react";
import { useWords } from "../i18n/LanguageProvider";
import { useUnsaved } from "../ui/useUnsaved";

interface Props {
  label: string;
  value: string;
  maxLength: number;
  multiline?: boolean;
  required?: boolean;
  /** Absent: to read only. */
  onSave?: (value: string) => void;
}

/** A text that is edited where it stands; Escape gives up, Enter (with Ctrl in long ones) saves. */
export function EditableText({ label, value, maxLength, multiline, required, onSave }: Props) {
  const { t } = useWords();
  const [draft, setDraft] = useState<string>();
  useUnsaved(draft !== undefined && draft !== value);
  if (draft === undefined) {
    return (
      <span className={multiline ? "editable editable-long" : "editable"}>
        {value ? (
          <span className="editable-text">{value}</span>
        ) : (
          <i className="quiet">{t("state.none")}</i>
        )}
        {onSave && (
          <Button
            type="text"
            size="small"
            icon={<EditOutlined />}
            aria-label={t("act.edit", { name: label })}
            onClick={() => setDraft(value)}
          />
        )}
      </span>
    );
  }
  const valid = !required || draft.trim() !== "";
  const save = () => {
    if (!valid) return;
    if (draft.trim() !== value) onSave?.(draft.trim());
    setDraft(undefined);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") setDraft(undefined);
    else if (event.key === "Enter" && (!multiline || event.ctrlKey || event.metaKey)) save();
    else return;
    event.preventDefault();
  };
  const field = {
    value: draft,
    maxLength,
    autoFocus: true,
    "aria-label": label,
    status: valid ? undefined : ("error" as const),
    onChange: (event: { target: { value: string } }) => setDraft(event.target.value),
    onKeyDown,
  };
  return (
    <span className="editing">
      {multiline ? <Input.TextArea {...field} autoSize={{ minRows: 4, maxRows: 18 }} /> : <Input {...field} />}
      <span className="form-acts">
        <Button size="small" onClick={() => setDraft(undefined)}>
          {t("act.cancel")}
        </Button>
        <Button size="small" type="primary" disabled={!valid} onClick={save}>
          {t("act.save")}
        </Button>
      </span>
    </span>
  );
}
