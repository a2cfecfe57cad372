import { InputNumber, Select, Space } from "antd";
import { useState } from "react";
import { useWords } from "../i18n/LanguageProvider";
import { UNITS, joined, split } from "./duration";
import type { Unit } from "./duration";

interface Props {
  /** Minutes. */
  value?: number;
  onChange?: (minutes: number) => void;
  label: string;
  min?: number;
}

/** A length of time in the unit that suits it; a day here has 24 hours. */
export function DurationField({ value = 0, onChange, label, min = 0 }: Props) {
  const { t } = useWords();
  const [unit, setUnit] = useState<Unit>(() => split(value).unit);
  return (
    <Space.Compact className="duration">
      <InputNumber
        min={min}
        precision={unit === "minute" ? 0 : undefined}
        value={value / UNITS[unit]}
        aria-label={label}
        onChange={(count) => onChange?.(joined(count ?? min, unit))}
      />
      <Select<Unit>
        value={unit}
        aria-label={t("promises.unit")}
        options={(Object.keys(UNITS) as Unit[]).map((one) => ({ value: one, label: t.label("unit", one) }))}
        onChange={setUnit}
      />
    </Space.Compact>
  );
}
