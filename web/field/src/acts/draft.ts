import type { Finding } from "../api/faults";
import type { Run } from "../api/sop";
import type { VisitFile } from "../api/visits";
import type { Translator } from "../i18n/catalogue";
import type { Formats } from "../i18n/format";

interface Facts {
  file: Pick<VisitFile, "title" | "purpose" | "parts" | "readings" | "labour" | "travel_minutes">;
  runs: readonly Pick<Run, "title" | "state" | "result" | "passed_count" | "steps_count">[];
  findings: readonly Pick<Finding, "component" | "symptom" | "cause" | "remedy" | "superseded_by">[];
}

/** A report out of what was written down on the visit: copied facts, nothing invented. */
export function draftReport({ file, runs, findings }: Facts, t: Translator, f: Formats): string {
  const lines: string[] = [t("draft.task", { what: file.purpose || file.title })];
  for (const one of findings) {
    if (one.superseded_by) continue;
    const slots = (["component", "symptom", "cause", "remedy"] as const)
      .map((name) => [t(`finding.${name}`), one[name].label || one[name].text] as const)
      .filter(([, said]) => said);
    if (slots.length) lines.push(slots.map(([name, said]) => t("draft.slot", { name, said })).join(t("draft.join")));
  }
  for (const run of runs) {
    if (run.result) lines.push(t("draft.run", { title: run.title, result: t.label("runResult", run.result) }));
  }
  for (const part of file.parts) {
    const serials = part.serial_in ? t("draft.serials", { out: part.serial_out || "-", in: part.serial_in }) : "";
    lines.push(t("draft.part", { part: part.part, n: part.quantity, serials }).trim());
  }
  for (const one of file.readings) {
    const verdict = one.ok === null ? "" : t(one.ok ? "draft.ok" : "draft.bad");
    lines.push(
      t("draft.reading", { name: one.name, value: `${f.number(one.value, 6)} ${one.unit}`.trim(), verdict }).trim(),
    );
  }
  const worked = file.labour.filter((one) => one.kind === "work").reduce((sum, one) => sum + one.minutes, 0);
  if (worked) lines.push(t("draft.worked", { time: f.minutes(worked) }));
  if (file.travel_minutes) lines.push(t("draft.way", { time: f.minutes(file.travel_minutes) }));
  return lines.join("\n");
}

/** The beginnings of the line that says why nobody signed, in every language of the app. */
const UNSIGNED = ["未签字：", "Not signed: "] as const;

export const unsignedLine = (language: string, why: string): string =>
  `${language === "zh" ? UNSIGNED[0] : UNSIGNED[1]}${why}`;

/** Whether the report says that nobody was there to sign, and why. */
export const saysUnsigned = (report: string): boolean =>
  report.split("\n").some((line) => UNSIGNED.some((words) => line.startsWith(words)));
