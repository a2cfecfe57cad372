import type { Condition, Scanned } from "../api/stockTypes";

/** A line of a form over parts, as it is being filled in. */
export interface Line {
  part?: string | null;
  quantity?: number | null;
  lot?: string;
  serial?: string;
  serials?: string[];
  condition?: Condition;
  expires_on?: string;
  cost?: string;
  currency?: string;
}

/** One serial to a line, or all serials of a part and lot on one. */
export type SerialMode = "single" | "many";

/**
 * The lines after a scan: a new piece of a known line counts it up, a serial that is there already
 * changes nothing, anything else becomes a new line; an empty line is filled first.
 */
export function withScanned(lines: Line[], found: Scanned, mode: SerialMode): Line[] {
  const part = found.part;
  if (!part) return lines;
  const { lot, serial } = found;
  if (serial && lines.some((one) => one.part === part && serialsOf(one).includes(serial))) return lines;
  const quantity = serial ? 1 : (found.quantity ?? 1);
  const at = lines.findIndex(
    (one) => one.part === part && (one.lot ?? "") === lot && joins(one, serial, mode),
  );
  if (at >= 0) {
    return lines.map((one, index) => (index === at ? grown(one, serial, quantity) : one));
  }
  const line: Line = {
    part,
    quantity,
    lot,
    ...(serial ? (mode === "many" ? { serials: [serial] } : { serial }) : {}),
    ...(found.expires_on ? { expires_on: found.expires_on } : {}),
  };
  const empty = lines.findIndex((one) => !one.part);
  return empty < 0 ? [...lines, line] : lines.map((one, index) => (index === empty ? line : one));
}

const serialsOf = (line: Line): string[] => [...(line.serials ?? []), ...(line.serial ? [line.serial] : [])];

const joins = (line: Line, serial: string, mode: SerialMode): boolean =>
  serial ? mode === "many" && serialsOf(line).length > 0 : serialsOf(line).length === 0;

function grown(line: Line, serial: string, quantity: number): Line {
  if (!serial) return { ...line, quantity: (line.quantity ?? 0) + quantity };
  const serials = [...(line.serials ?? []), serial];
  return { ...line, serials, quantity: serials.length };
}

/** The line as the backend takes it where each piece moves by itself. */
export const movedPart = ({ part, quantity, lot, serial, condition }: Line) => ({
  part: part ?? "",
  quantity: serial ? 1 : (quantity ?? 1),
  lot: lot ?? "",
  serial: serial ?? "",
  condition: condition ?? ("good" as const),
});

/** The line as the backend takes it where parts come in from outside. */
export const receiptLine = ({ part, quantity, lot, serials, expires_on, cost, currency }: Line) => ({
  part: part ?? "",
  quantity: serials?.length ? serials.length : (quantity ?? 1),
  lot: lot ?? "",
  serials: serials ?? [],
  expires_on: expires_on || null,
  unit_cost: cost && currency ? { amount: cost, currency: currency.toUpperCase() } : null,
});
