import type { RunStep } from "../api/sop";

export const END = "end";
export const STOP = "stop";
type Way = Pick<RunStep, "id" | "on_fail" | "goto" | "then" | "options">;

/**
 * Where a step leads: the id of a step, `end` or `stop`. The same rule as the server's
 * (`crm_core/sop/policy.following`); here it shows the next step before the answer has come.
 */
export function following(steps: readonly Way[], step: Way, outcome: string, option = ""): string {
  if (outcome === "failed") {
    if (step.on_fail === "stop") return STOP;
    if (step.on_fail === "goto") return step.goto || STOP;
  } else if (option) {
    const chosen = step.options.find((one) => one.id === option);
    if (chosen?.goto) return chosen.goto;
  }
  return onward(steps, step);
}

/** Where a step leads that went well. */
export function onward(steps: readonly Way[], step: Way): string {
  if (step.then) return step.then;
  const place = steps.findIndex((one) => one.id === step.id);
  return steps[place + 1]?.id ?? END;
}

/** How many steps are still to do where all goes well, the given one among them. */
export function toCome(steps: readonly Way[], start: string): number {
  const seen = new Set<string>();
  let here = steps.find((one) => one.id === start);
  while (here && !seen.has(here.id)) {
    seen.add(here.id);
    const next = onward(steps, here);
    here = steps.find((one) => one.id === next);
  }
  return seen.size;
}

/** Whether its safety text must be confirmed before anything may be written down at the step. */
export const gated = (step: Pick<RunStep, "hazard">): boolean => step.hazard !== "none";
