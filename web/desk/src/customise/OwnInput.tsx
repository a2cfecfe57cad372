import { Input, InputNumber, Select } from "antd";
import type { OwnField, OwnValue } from "../api/customise";
import { useWords } from "../i18n/LanguageProvider";
import { localToUtc, utcToLocal } from "./instants";
import { useText } from "./ownFields";

interface Props {
  field: OwnField;
  /** Given by the form it stands in. */
  id?: string;
  value?: OwnValue;
  onChange?: (value: OwnValue) => void;
  small?: boolean;
  status?: "warning" | "error";
}

/** The field of a form for one of the maker's own fields, made from its definition. */
export function OwnInput({ field, id, value, onChange, small, status }: Props) {
  const { t } = useWords();
  const text = useText();
  const label = text(field.label);
  const set = (next: OwnValue | undefined) => onChange?.(next ?? null);
  const size = small ? ("small" as const) : undefined;
  const both = { id, size, status, "aria-label": label };
  if (field.type === "choice" || field.type === "multi_choice") {
    const many = field.type === "multi_choice";
    const chosen = Array.isArray(value) ? value : [value];
    return (
      <Select<string | string[]>
        {...both}
        allowClear
        className="fact-select"
        mode={many ? "multiple" : undefined}
        showSearch={{ optionFilterProp: "label" }}
        placeholder={t("state.none")}
        value={(value as string | string[] | null) ?? undefined}
        options={field.options
          .filter((one) => !one.retired || chosen.includes(one.id))
          .map((one) => ({ value: one.id, label: text(one.label) }))}
        onChange={(next?: string | string[]) => set(next)}
      />
    );
  }
  if (field.type === "boolean") {
    return (
      <Select<string>
        {...both}
        allowClear
        className="fact-select"
        placeholder={t("state.none")}
        value={typeof value === "boolean" ? String(value) : undefined}
        options={[
          { value: "true", label: t("state.yes") },
          { value: "false", label: t("state.no") },
        ]}
        onChange={(next?: string) => set(next === undefined ? null : next === "true")}
      />
    );
  }
  if (field.type === "number") {
    return (
      <InputNumber<number>
        {...both}
        className="number-field"
        value={(value as number | null) ?? undefined}
        min={field.low ?? undefined}
        max={field.high ?? undefined}
        precision={field.decimals ?? 0}
        suffix={field.unit || undefined}
        onChange={(next) => set(next)}
      />
    );
  }
  if (field.type === "datetime") {
    return (
      <Input
        {...both}
        type="datetime-local"
        value={utcToLocal(value)}
        onChange={(event) => set(localToUtc(event.target.value))}
      />
    );
  }
  if (field.type === "long_text") {
    return (
      <Input.TextArea
        {...both}
        autoSize={{ minRows: 2, maxRows: 10 }}
        maxLength={field.max_chars ?? 5000}
        value={(value as string | null) ?? ""}
        onChange={(event) => set(event.target.value)}
      />
    );
  }
  const kinds = { date: "date", link: "url", email: "email", phone: "tel", text: "text" } as const;
  return (
    <Input
      {...both}
      type={kinds[field.type]}
      min={field.earliest ?? undefined}
      max={field.latest ?? undefined}
      maxLength={field.type === "link" ? 500 : (field.max_chars ?? 254)}
      placeholder={field.pattern || undefined}
      value={(value as string | null) ?? ""}
      onChange={(event) => set(event.target.value)}
    />
  );
}
