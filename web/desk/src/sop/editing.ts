import type { Content, Step } from "./api";

/** What an editor holds: the present draft and what can be taken back or done again. */
export interface Editing {
  past: Content[];
  present: Content;
  future: Content[];
  /** The field that was typed into last: more typing there is one step back, not many. */
  typing: string;
}

const DEPTH = 200;
export const EMPTY: Content = {
  title: {}, summary: {}, models: [], ticket_types: [], component: "", tags: [], minutes: 0,
  parts: [], tools: [], steps: [],
};

export const opened = (content: Content): Editing => ({
  past: [], present: content, future: [], typing: "",
});

/** The next state; changes of one field (`typing`) after each other are taken back together. */
export function changed(state: Editing, present: Content, typing = ""): Editing {
  if (present === state.present) return state;
  const joined = typing !== "" && typing === state.typing;
  const past = joined ? state.past : [...state.past, state.present].slice(-DEPTH);
  return { past, present, future: [], typing };
}

export function undone(state: Editing): Editing {
  const before = state.past.at(-1);
  if (!before) return state;
  return {
    past: state.past.slice(0, -1), present: before, future: [state.present, ...state.future], typing: "",
  };
}

export function redone(state: Editing): Editing {
  const [after, ...future] = state.future;
  if (!after) return state;
  return { past: [...state.past, state.present], present: after, future, typing: "" };
}

/** An id that no step has; ids stay the same over versions, so an old one is not given again. */
export function freshId(content: Content, stem = "step"): string {
  const taken = new Set(content.steps.map((one) => one.id));
  let number = content.steps.length + 1;
  while (taken.has(`${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}

export const newStep = (content: Content): Step => ({
  id: freshId(content), title: {}, text: {}, kind: "action", hazard: "none", safety: {},
  role: "anyone", required: false, reading: null, photos_min: 0, options: [], on_fail: "stop",
  goto: "", then: "", minutes: 0, parts: [], tools: [],
});

export function added(content: Content, step: Step, after: number): Content {
  const steps = [...content.steps];
  steps.splice(after + 1, 0, step);
  return { ...content, steps };
}

export function copied(content: Content, index: number): Content {
  const step = content.steps[index];
  if (!step) return content;
  const twin: Step = { ...structuredClone(step), id: freshId(content), then: "", goto: "" };
  return added(content, { ...twin, on_fail: twin.on_fail === "goto" ? "stop" : twin.on_fail }, index);
}

/** Without a step; what led to it goes on in order again. */
export function removed(content: Content, index: number): Content {
  const gone = content.steps[index]?.id;
  if (gone === undefined) return content;
  const away = (target: string) => (target === gone ? "" : target);
  const steps = content.steps
    .filter((_, place) => place !== index)
    .map((step) => ({
      ...step,
      then: away(step.then),
      goto: away(step.goto),
      on_fail: step.on_fail === "goto" && step.goto === gone ? ("stop" as const) : step.on_fail,
      options: step.options.map((one) => ({ ...one, goto: away(one.goto) })),
    }));
  return { ...content, steps };
}

export function moved(content: Content, from: number, to: number): Content {
  const last = content.steps.length - 1;
  const target = Math.max(0, Math.min(to, last));
  if (from === target || !content.steps[from]) return content;
  const steps = [...content.steps];
  const [step] = steps.splice(from, 1);
  if (step) steps.splice(target, 0, step);
  return { ...content, steps };
}

export const withStep = (content: Content, index: number, change: Partial<Step>): Content => ({
  ...content,
  steps: content.steps.map((one, place) => (place === index ? { ...one, ...change } : one)),
});

/** What a step of another kind brings along and leaves behind. */
export function ofKind(step: Step, kind: Step["kind"]): Partial<Step> {
  const first = kind === "choice" && step.options.length === 0;
  return {
    kind,
    reading: kind === "reading" ? (step.reading ?? { unit: "", low: null, high: null }) : null,
    photos_min: kind === "photo" ? Math.max(1, step.photos_min) : step.photos_min,
    options: first
      ? [{ id: "a", label: {}, goto: "" }, { id: "b", label: {}, goto: "" }]
      : kind === "choice" ? step.options : [],
  };
}
