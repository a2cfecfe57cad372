import type { CountedLine } from "../api/stockDocuments";
import type { CountLine, Scanned } from "../api/stockTypes";

/** What was counted and is not saved yet, by line. */
export type Draft = Record<string, CountedLine>;

interface Named {
  part: string;
  lot: string;
  condition: string;
}

export const lineKey = ({ part, lot, condition }: Named): string => [part, lot, condition].join("|");

/** The books' lines with the draft on top, and lines that only the draft has. */
export function countRows(lines: CountLine[], draft: Draft): { key: string; line: CountLine; changed: boolean }[] {
  const known = lines.map((line) => {
    const key = lineKey(line);
    const entered = draft[key];
    return {
      key,
      changed: !!entered,
      line: entered
        ? {
            ...line,
            counted: entered.quantity,
            serials: entered.serials,
            difference: line.expected === null ? null : entered.quantity - line.expected,
          }
        : line,
    };
  });
  const keys = new Set(known.map(({ key }) => key));
  const found = Object.entries(draft).filter(([key]) => !keys.has(key));
  return [
    ...found.map(([key, { part, lot, condition, quantity, serials }]) => ({
      key,
      changed: true,
      line: {
        id: key, part, lot, condition, serials,
        expected: null, counted: quantity, difference: null, counted_at: null,
      },
    })),
    ...known,
  ];
}

/** One more piece of what was scanned; a serial that was counted already counts once. */
export function countedScan(lines: CountLine[], draft: Draft, found: Scanned): Draft {
  if (!found.part) return draft;
  const named = { part: found.part, lot: lotOf(lines, found), condition: "good" };
  const key = lineKey(named);
  const line = lines.find((one) => lineKey(one) === key);
  const before = draft[key] ?? {
    ...named,
    quantity: line?.counted ?? 0,
    serials: line?.serials ?? [],
  };
  if (found.serial && before.serials.includes(found.serial)) return draft;
  return {
    ...draft,
    [key]: {
      ...before,
      quantity: before.quantity + (found.serial ? 1 : (found.quantity ?? 1)),
      serials: found.serial ? [...before.serials, found.serial] : before.serials,
    },
  };
}

/** The lot that a code names; where it names none and the books know one line only, that line's. */
function lotOf(lines: CountLine[], found: Scanned): string {
  if (found.lot) return found.lot;
  const same = lines.filter((one) => one.part === found.part && one.condition === "good");
  return same.length === 1 ? (same[0]?.lot ?? "") : "";
}

/** How many lines have a number, of how many. */
export function countProgress(lines: CountLine[], draft: Draft): { counted: number; all: number } {
  const rows = countRows(lines, draft);
  return { counted: rows.filter(({ line }) => line.counted !== null).length, all: rows.length };
}
