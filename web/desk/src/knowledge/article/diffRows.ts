import type { DiffLine } from "../../api/knowledgeTypes";

export interface DiffRow {
  kind: "same" | "change" | "skip";
  left: DiffLine | null;
  right: DiffLine | null;
}

/** Lines of a difference side by side: what went stands beside what came in its place. */
export function sideBySide(lines: DiffLine[]): DiffRow[] {
  const rows: DiffRow[] = [];
  let gone: DiffLine[] = [];
  let come: DiffLine[] = [];
  const flush = () => {
    for (let at = 0; at < Math.max(gone.length, come.length); at++) {
      rows.push({ kind: "change", left: gone[at] ?? null, right: come[at] ?? null });
    }
    gone = [];
    come = [];
  };
  for (const line of lines) {
    if (line.kind === "del") {
      if (come.length > 0) flush();
      gone.push(line);
    } else if (line.kind === "add") come.push(line);
    else {
      flush();
      rows.push({ kind: line.kind, left: line, right: line });
    }
  }
  flush();
  return rows;
}

/** For each changed line, the line that it is compared with to show the changed words. */
export function partners(lines: DiffLine[]): Map<DiffLine, string> {
  const pairs = new Map<DiffLine, string>();
  for (const { kind, left, right } of sideBySide(lines)) {
    if (kind === "change" && left && right) {
      pairs.set(left, right.text);
      pairs.set(right, left.text);
    }
  }
  return pairs;
}

export interface Piece {
  text: string;
  changed: boolean;
}

/** A line with the middle marked in which it differs from its partner; whole when little is alike. */
export function changedPieces(text: string, partner: string | undefined): Piece[] {
  if (partner === undefined) return [{ text, changed: false }];
  const own = [...text];
  const other = [...partner];
  const most = Math.min(own.length, other.length);
  let head = 0;
  while (head < most && own[head] === other[head]) head++;
  let tail = 0;
  while (tail < most - head && own[own.length - 1 - tail] === other[other.length - 1 - tail]) tail++;
  if (head + tail < Math.max(own.length, other.length) / 4) return [{ text, changed: false }];
  const part = (from: number, to: number, changed: boolean): Piece[] =>
    to > from ? [{ text: own.slice(from, to).join(""), changed }] : [];
  return [
    ...part(0, head, false),
    ...part(head, own.length - tail, true),
    ...part(own.length - tail, own.length, false),
  ];
}
