import type { Run } from "../api/sop";
import type { VisitFile } from "../api/visits";
import { BROKEN_OFF } from "../visit/terms";
import { saysUnsigned } from "./draft";

export type ItemKey =
  | "sent" | "sop" | "report" | "sign" | "labour" | "after" | "findings" | "readings";

export interface Item {
  key: ItemKey;
  ok: boolean;
  /** Without it the visit cannot end; the others are only asked for. */
  must: boolean;
  to: string;
  count?: number;
}

interface Stand {
  file: Pick<VisitFile, "report" | "signed" | "labour" | "photos" | "readings">;
  runs: readonly Pick<Run, "id" | "required" | "state" | "result">[];
  findings: number;
  unsent: number;
  result: string;
}

/** What a visit still lacks before it ends, with the page that mends each. */
export function checklist({ file, runs, findings, unsent, result }: Stand): Item[] {
  const broken = BROKEN_OFF.includes(result);
  const open = runs.filter((one) => one.required && !one.result);
  const out = file.readings.filter((one) => one.ok === false).length;
  const items: Item[] = [
    { key: "sop", ok: open.length === 0, must: !broken, to: open[0] ? `sop/${open[0].id}` : "", count: open.length },
    { key: "report", ok: file.report.trim() !== "", must: !broken, to: "report" },
    { key: "sign", ok: file.signed || saysUnsigned(file.report), must: false, to: "sign" },
    { key: "labour", ok: file.labour.length > 0, must: false, to: "time" },
    { key: "after", ok: file.photos.some((one) => one.when === "after"), must: false, to: "photos" },
    { key: "findings", ok: findings > 0, must: false, to: "findings" },
  ];
  if (out > 0) items.push({ key: "readings", ok: false, must: false, to: "readings", count: out });
  if (unsent > 0) items.unshift({ key: "sent", ok: false, must: true, to: "", count: unsent });
  return items;
}
