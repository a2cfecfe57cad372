import { allLocations, stockParts } from "../api/stock";
import { useWords } from "../i18n/LanguageProvider";
import { Lookup } from "../ui/Lookup";
import { partName } from "./terms";

interface Props {
  label: string;
  value?: string | null;
  onChange?: (value: string | undefined) => void;
  id?: string;
  disabled?: boolean;
  autoFocus?: boolean;
  placeholder?: string;
}

const SUPPLIER = "supplier";

/** A part, found by its number, name or GTIN. */
export function PartPicker(props: Props) {
  const { language } = useWords();
  return (
    <Lookup
      kind="stock-parts"
      placeholder={props.label}
      find={async (q, signal) =>
        (await stockParts({ q, limit: 20 }, signal)).items.map((one) => ({
          value: one.part,
          label: [one.part, partName(one.names, language)].filter(Boolean).join(" · "),
        }))
      }
      {...props}
    />
  );
}

/** A location, found by its code or name; `supplier` also offers the supplier. */
export function LocationPicker({ supplier = false, ...props }: Props & { supplier?: boolean }) {
  const { t } = useWords();
  const outside = { value: SUPPLIER, label: t.label("stockAccount", SUPPLIER) };
  return (
    <Lookup
      kind={supplier ? "stock-sources" : "stock-locations"}
      placeholder={props.label}
      find={async (q, signal) => {
        const found = (await allLocations({ q }, signal)).slice(0, 50).map((one) => ({
          value: one.code,
          label: [one.code, one.name, t.label("stockLevel", one.level)].filter(Boolean).join(" · "),
        }));
        return supplier ? [outside, ...found] : found;
      }}
      known={props.value === SUPPLIER ? outside.label : undefined}
      {...props}
    />
  );
}
