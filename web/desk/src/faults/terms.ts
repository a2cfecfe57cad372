import type { Fault, SlotView } from "../api/faults";

export const FAULT_STATES = ["draft", "reviewed", "rejected", "merged"] as const;
export const OUTCOMES = ["durable", "confirmed", "closed", "open", "failed", "void"] as const;

export const pathOf = (number: string): string => `/faults/${encodeURIComponent(number)}`;

/** What a fault is called in one line: how it shows, and where. */
export function titleOf(fault: Pick<Fault, "number" | "symptom" | "component">): string {
  const said = [fault.symptom.label, fault.component.label].filter(Boolean).join(" – ");
  return said || fault.number;
}

/** What a slot is told again as, where nobody changed it: its concept, or its words. */
export const saidAs = (slot: SlotView): { concept: string; text: string; lang: string } => ({
  concept: slot.text ? "" : slot.concept,
  text: slot.text,
  lang: slot.lang,
});

/** 0.7512 as whole percent; a dash where nothing was tried. */
export const percent = (share: number | null | undefined, number: (n: number, d: number) => string): string =>
  share === null || share === undefined ? "–" : `${number(share * 100, 0)} %`;

/** Lines or commas to a list, each once. */
export const listed = (text: string | undefined): string[] => [
  ...new Set((text ?? "").split(/[\n,;；，、]/).map((one) => one.trim()).filter(Boolean)),
];
