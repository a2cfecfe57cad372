import type { FormInstance } from "antd";
import type { Condition, Scanned } from "../../api/stockTypes";

/** The fields of an act on one part. */
export interface OnePart {
  location?: string;
  part?: string;
  quantity?: number;
  lot?: string;
  serial?: string;
  condition?: Condition;
}

/** Puts what a scanner read into the fields of an act on one part. */
export function scanOne<V extends OnePart>(form: FormInstance<V>, found: Scanned): void {
  const put = form.setFieldsValue as (fields: OnePart) => void;
  if (found.location) put({ location: found.location });
  else if (found.part) {
    const quantity = found.serial ? 1 : (found.quantity ?? undefined);
    put({
      part: found.part,
      lot: found.lot,
      serial: found.serial,
      ...(quantity ? { quantity } : {}),
    });
  }
}
