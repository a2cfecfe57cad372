import { sectionsOf } from "../editor/sections";

export interface Pair {
  source: string;
  target: string;
}

/**
 * The sections of two texts beside each other, in order. When they do not have the same headings
 * level by level, sections would be paired wrongly: then the whole texts stand side by side.
 */
export function besideEachOther(source: string, target: string): Pair[] {
  const left = sectionsOf(source);
  const right = sectionsOf(target);
  const alike =
    left.length === right.length && left.every((one, at) => one.level === right[at]?.level);
  if (!alike) return [{ source, target }];
  return left.map((one, at) => ({ source: one.text, target: right[at]?.text ?? "" }));
}
