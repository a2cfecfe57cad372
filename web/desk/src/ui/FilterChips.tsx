import { Select } from "antd";

interface Props<T extends string> {
  label: string;
  values: T[];
  options: { value: T; label: string }[];
  onChange: (values: T[]) => void;
}

/** A filter of several values; each chosen one is a chip that can be taken off. */
export function FilterChips<T extends string>({ label, values, options, onChange }: Props<T>) {
  return (
    <Select<T[]>
      mode="multiple"
      allowClear
      className={values.length ? "filter-chips filter-chips-on" : "filter-chips"}
      maxTagCount={2}
      value={values}
      placeholder={label}
      aria-label={label}
      options={options}
      onChange={onChange}
      showSearch={{ optionFilterProp: "label" }}
    />
  );
}
