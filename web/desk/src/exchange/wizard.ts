import type { ImportRun } from "../api/exchange";

export const WIZARD_STEPS = ["files", "check", "load", "done"] as const;

/** Where an import stands among the steps of the wizard. */
export function stepOf(run: Pick<ImportRun, "dry_run" | "state"> | undefined): number {
  if (!run) return 0;
  if (run.dry_run) return 1;
  return run.state === "done" || run.state === "failed" ? 3 : 2;
}

/** Files that are read, out of those that were dropped; the others are named. */
export function sorted(files: File[], suffixes: string[]): { read: File[]; other: string[] } {
  const fits = (name: string) => suffixes.some((one) => name.toLowerCase().endsWith(one.toLowerCase()));
  return {
    read: files.filter(({ name }) => fits(name)),
    other: files.filter(({ name }) => !fits(name)).map(({ name }) => name),
  };
}
