import type { Step } from "./api";

/** Why one step follows another. */
export type Way = "well" | "failed" | "option";

export interface Arc {
  from: number;
  to: number;
  way: Way;
  /** Distance from the boxes, from 1; arcs that overlap lie in lanes of their own. */
  lane: number;
  side: "left" | "right";
}

export interface FlowNode {
  step: Step;
  /** Ends well from here, other than by being the last. */
  ends: boolean;
  /** A failure, or an answer, stops here. */
  stops: boolean;
  /** Goes straight to the next box. */
  straight: boolean;
}

export interface Flow {
  nodes: FlowNode[];
  arcs: Arc[];
  lanes: { left: number; right: number };
}

const DECIDING = new Set<string>(["check", "reading", "choice"]);

/** Where a step that went well leads: a step's id, or `end`. */
export function onward(steps: Step[], index: number): string {
  const step = steps[index];
  return step?.then || steps[index + 1]?.id || "end";
}

/** Every way out of a step: its target and why. */
export function ways(steps: Step[], index: number): { to: string; way: Way }[] {
  const step = steps[index];
  if (!step) return [];
  const well = onward(steps, index);
  const found: { to: string; way: Way }[] = [];
  if (step.kind === "choice" && step.options.length > 0) {
    for (const one of step.options) found.push({ to: one.goto || well, way: one.goto ? "option" : "well" });
  } else {
    found.push({ to: well, way: "well" });
  }
  if (step.on_fail === "goto" && step.goto) found.push({ to: step.goto, way: "failed" });
  else if (step.on_fail === "stop" && DECIDING.has(step.kind) && step.kind !== "choice") {
    found.push({ to: "stop", way: "failed" });
  }
  return found;
}

/** A procedure as boxes in their order, with arcs for what does not simply go on. */
export function flowOf(steps: Step[]): Flow {
  const places = new Map(steps.map((step, index) => [step.id, index]));
  const loose: Omit<Arc, "lane">[] = [];
  const nodes = steps.map((step, index): FlowNode => {
    const out = ways(steps, index);
    for (const { to, way } of out) {
      const target = places.get(to);
      const plain = target === index + 1 && way === "well";
      const known = loose.some((arc) => arc.from === index && arc.to === target && arc.way === way);
      if (target === undefined || plain || known) continue;
      loose.push({ from: index, to: target, way, side: target <= index ? "left" : "right" });
    }
    return {
      step,
      ends: out.some(({ to }) => to === "end"),
      stops: out.some(({ to }) => to === "stop"),
      straight: out.some(({ to, way }) => way === "well" && places.get(to) === index + 1),
    };
  });
  const arcs = laned(loose);
  const most = (side: Arc["side"]) =>
    arcs.filter((arc) => arc.side === side).reduce((lane, arc) => Math.max(lane, arc.lane), 0);
  return { nodes, arcs, lanes: { left: most("left"), right: most("right") } };
}

/** Short arcs lie close to the boxes; two that overlap never share a lane. */
function laned(loose: Omit<Arc, "lane">[]): Arc[] {
  const span = (arc: Omit<Arc, "lane">): [number, number] => [Math.min(arc.from, arc.to), Math.max(arc.from, arc.to)];
  const placed: Arc[] = [];
  const order = [...loose].sort((a, b) => span(a)[1] - span(a)[0] - (span(b)[1] - span(b)[0]));
  for (const arc of order) {
    const [top, bottom] = span(arc);
    const taken = new Set(
      placed
        .filter((one) => one.side === arc.side && span(one)[0] <= bottom && span(one)[1] >= top)
        .map((one) => one.lane),
    );
    let lane = 1;
    while (taken.has(lane)) lane += 1;
    placed.push({ ...arc, lane });
  }
  return placed;
}
