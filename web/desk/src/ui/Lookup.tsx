import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import type { Choice } from "./listShape";
import { useDebounced } from "./useDebounced";

interface Props {
  /** Names the kind of record in query keys. */
  kind: string;
  find: (q: string, signal: AbortSignal) => Promise<Choice[]>;
  value?: string | null;
  onChange?: (value: string | undefined) => void;
  /** What the present value is called, where it was not picked here. */
  known?: string;
  label?: string;
  placeholder?: string;
  id?: string;
  disabled?: boolean;
  allowClear?: boolean;
  autoFocus?: boolean;
}

/** A field that finds a record by typing and holds its key; fits into a form. */
export function Lookup({ kind, find, value, onChange, known, label, allowClear = true, ...rest }: Props) {
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [picked, setPicked] = useState<Choice>();
  const q = useDebounced(text.trim());
  const found = useQuery({
    queryKey: ["lookup", kind, q],
    queryFn: ({ signal }) => find(q, signal),
    enabled: open,
    placeholderData: keepPreviousData,
  });
  const choices = found.data ?? [];
  const present = value ? choices.find((one) => one.value === value) : undefined;
  const kept =
    value && !present
      ? [picked?.value === value ? picked : { value, label: known || value }]
      : [];
  return (
    <Select<string>
      {...rest}
      allowClear={allowClear}
      className="lookup"
      showSearch={{ filterOption: false, onSearch: setText }}
      value={value || undefined}
      aria-label={label}
      loading={found.isFetching}
      options={[...kept, ...choices] as Choice[]}
      onOpenChange={setOpen}
      onChange={(next?: string) => {
        setPicked(choices.find((one) => one.value === next));
        onChange?.(next);
      }}
    />
  );
}
