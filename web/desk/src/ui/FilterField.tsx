import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button, Input, Select } from "antd";
import { useState } from "react";
import { FilterChips } from "./FilterChips";
import type { Choice, ListFilter } from "./listShape";
import { useDebounced } from "./useDebounced";

interface Props {
  filter: ListFilter;
  values: string[];
  onChange: (values: string[]) => void;
}

/** The field of one filter, by its kind. */
export function FilterField({ filter, values, onChange }: Props) {
  const { label } = filter;
  const one = (value?: string) => onChange(value ? [value] : []);
  if (filter.kind === "flag") {
    const on = values.length > 0;
    return (
      <Button
        type={on ? "primary" : "default"}
        aria-pressed={on}
        onClick={() => one(on ? undefined : (filter.value ?? "true"))}
      >
        {label}
      </Button>
    );
  }
  if (filter.kind === "many") {
    return <FilterChips label={label} values={values} options={filter.options} onChange={onChange} />;
  }
  if (filter.kind === "one") {
    return (
      <Select<string>
        allowClear
        className="filter-pick"
        showSearch={{ optionFilterProp: "label" }}
        value={values[0]}
        placeholder={label}
        aria-label={label}
        options={filter.options}
        onChange={one}
      />
    );
  }
  if (filter.kind === "find") return <FindField filter={filter} values={values} onChange={onChange} />;
  return (
    <Input
      allowClear
      className="filter-pick"
      type={filter.kind === "day" ? "date" : "text"}
      defaultValue={values[0]}
      key={values[0] ?? ""}
      aria-label={label}
      placeholder={label}
      onChange={(event) => filter.kind === "day" && one(event.target.value)}
      onBlur={(event) => one(event.target.value.trim())}
      onPressEnter={(event) => one(event.currentTarget.value.trim())}
    />
  );
}

/** A record that is looked up by typing. */
function FindField({
  filter,
  values,
  onChange,
}: Props & { filter: Extract<ListFilter, { kind: "find" }> }) {
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [picked, setPicked] = useState<Choice>();
  const q = useDebounced(text.trim());
  const found = useQuery({
    queryKey: ["filter", filter.name, q],
    queryFn: ({ signal }) => filter.find(q, signal),
    enabled: open || values.length > 0,
    placeholderData: keepPreviousData,
  });
  const choices = [...(q ? [] : (filter.standing ?? [])), ...(found.data ?? [])];
  const value = values[0];
  const known = value === undefined || choices.some((one) => one.value === value);
  const rest = known ? [] : [picked?.value === value ? picked : { value, label: value }];
  return (
    <Select<string>
      allowClear
      className="filter-pick"
      showSearch={{ filterOption: false, onSearch: setText }}
      value={value}
      placeholder={filter.label}
      aria-label={filter.label}
      loading={found.isFetching}
      options={[...rest, ...choices] as Choice[]}
      onOpenChange={setOpen}
      onChange={(next?: string) => {
        setPicked(choices.find((one) => one.value === next));
        onChange(next ? [next] : []);
      }}
    />
  );
}
