import type { FormInstance } from "antd";
import type { Scanned } from "../../api/stockTypes";
import { withScanned } from "../lines";
import type { Line, SerialMode } from "../lines";

interface WithLines {
  lines?: Line[];
}

/** Puts what a scanner read into the form: a part becomes or joins a line, a location its field. */
export function scanInto<V extends WithLines>(
  form: FormInstance<V>,
  found: Scanned,
  mode: SerialMode,
  place: string,
): void {
  const put = (fields: Record<string, unknown>) =>
    (form.setFieldsValue as (fields: Record<string, unknown>) => void)(fields);
  if (found.location) put({ [place]: found.location });
  else if (found.part) put({ lines: withScanned(form.getFieldsValue().lines ?? [], found, mode) });
}
