import type { PassageView } from "../../api/knowledgeTypes";

export interface ShownHazard {
  /** The lowest role that may do it: customer or engineer. */
  role: string;
  classes: string[];
  notes: string[];
}

const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter(
    (one): one is string => typeof one === "string" && one !== "",
  );

/** The hazard that a passage warns of. */
export function hazardOf({ hazard }: Pick<PassageView, "hazard">): ShownHazard | null {
  if (!hazard) return null;
  return {
    role: texts(hazard.role)[0] ?? "customer",
    classes: texts(hazard.classes ?? hazard.kind),
    notes: texts(hazard.notes ?? hazard.note),
  };
}
