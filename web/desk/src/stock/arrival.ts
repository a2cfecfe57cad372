import type { ArrivedLine } from "../api/stockDocuments";
import type { Scanned, TransferLine } from "../api/stockTypes";

export interface Arrival {
  received: number;
  lost: number;
  reason: string;
}

/** How many of a line have not arrived and are not written off. */
export const outstanding = (line: TransferLine): number => line.quantity - line.received - line.lost;

/** What is wrong with what was entered for a line; null when nothing is. */
export function arrivalFault(line: TransferLine, entered: Arrival): "many" | "reason" | null {
  if (entered.received + entered.lost > outstanding(line)) return "many";
  return entered.lost > 0 && !entered.reason.trim() ? "reason" : null;
}

/** The lines as the backend takes them; those that nothing was entered for stay in transit. */
export const arrivedLines = (
  lines: TransferLine[],
  entered: Record<string, Arrival>,
): ArrivedLine[] =>
  lines.flatMap((line) => {
    const one = entered[line.id];
    return one && one.received + one.lost > 0
      ? [{ line_id: line.id, received: one.received, lost: one.lost, reason: one.reason.trim() }]
      : [];
  });

/** One more piece of a scanned part has arrived; null when the transfer brings no more of it. */
export function arrivedScan(
  lines: TransferLine[],
  entered: Record<string, Arrival>,
  found: Scanned,
): Record<string, Arrival> | null {
  const line = lines.find(
    (one) =>
      one.part === found.part &&
      (!one.serial || one.serial === found.serial) &&
      (entered[one.id]?.received ?? 0) + (entered[one.id]?.lost ?? 0) < outstanding(one),
  );
  if (!line) return null;
  const before = entered[line.id] ?? { received: 0, lost: 0, reason: "" };
  const count = line.serial || found.serial ? 1 : (found.quantity ?? 1);
  const most = outstanding(line) - before.lost;
  return { ...entered, [line.id]: { ...before, received: Math.min(most, before.received + count) } };
}
