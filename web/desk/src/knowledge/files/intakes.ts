import type { Intake, IntakeFile } from "../../api/knowledgeTypes";

/** The most that one request may carry. */
export const MOST_FILES = 50;
const HIDDEN = /^(?:\.|~\$)|^(?:Thumbs\.db|desktop\.ini)$/i;

export interface Handed {
  /** Requests to make, in order. */
  batches: File[][];
  /** Names that stand twice; only the first of each is sent. */
  twice: string[];
  empty: string[];
}

/** Files as a person dropped them, sorted into requests; leftovers of systems are left out. */
export function sortedIntoBatches(files: File[], most = MOST_FILES): Handed {
  const seen = new Set<string>();
  const handed: Handed = { batches: [], twice: [], empty: [] };
  const good: File[] = [];
  for (const file of files) {
    if (HIDDEN.test(file.name)) continue;
    if (file.size === 0) handed.empty.push(file.name);
    else if (seen.has(file.name)) handed.twice.push(file.name);
    else good.push(file);
    seen.add(file.name);
  }
  handed.batches = batched(good, most);
  return handed;
}

/** A file and the `.yaml` beside it, which holds its front matter, have the same stem. */
const stemOf = (name: string): string =>
  name.replace(/\.ya?ml$/i, "").replace(/\.[^.]{1,8}$/, "").toLowerCase();

function batched(files: File[], most: number): File[][] {
  const together = new Map<string, File[]>();
  for (const file of files) {
    const stem = stemOf(file.name);
    together.set(stem, [...(together.get(stem) ?? []), file]);
  }
  const batches: File[][] = [];
  for (const group of together.values()) {
    const last = batches.at(-1);
    if (last && last.length + group.length <= most) last.push(...group);
    else for (let at = 0; at < group.length; at += most) batches.push(group.slice(at, at + most));
  }
  return batches;
}

export const isOpen = (intake: Pick<Intake, "state">): boolean =>
  intake.state === "queued" || intake.state === "running";

/** Share of the files that are done, 0 to 100. */
export function progressOf({ total, counts, state }: Intake): number {
  if (state === "done") return 100;
  return total > 0 ? Math.round(((total - counts.waiting) / total) * 100) : 0;
}

/** What can become of a file: what needs a person first. */
export const FILE_STATES = [
  "quarantined", "changed", "held", "added", "read", "waiting", "unchanged",
] as const;
const rank = (state: string): number => (FILE_STATES as readonly string[]).indexOf(state);

/** Files with what needs a person first. */
export const byUrgency = (files: IntakeFile[]): IntakeFile[] =>
  [...files].sort((a, b) => rank(a.state) - rank(b.state));

export const countsOf = (files: IntakeFile[]): { state: string; count: number }[] =>
  FILE_STATES.map((state) => ({ state, count: files.filter((one) => one.state === state).length })).filter(
    ({ count }) => count > 0,
  );
