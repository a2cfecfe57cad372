/** One step of a guided check: where we are, what may hurt, what to do, what came of it. */

import type { Choice, StepPart } from "../contract";
import { h } from "../dom";
import { icon } from "../icons";
import { renderMarkdown } from "../markdown/render";
import { choiceButtons } from "./choices";
import type { Surface } from "./surface";

export interface StepCard {
  readonly node: HTMLElement;
  /** Without its answers once the conversation has gone on. */
  setActive(active: boolean): void;
}

export function stepCard(
  part: StepPart,
  language: string,
  surface: Surface,
  choose: (choice: Choice) => void,
): StepCard {
  const { i18n } = surface;
  const text = h("div", { class: "prose" });
  text.append(renderMarkdown(part.text, surface.origin));
  const answers = choiceButtons(part.options, "stack", choose);
  const count = part.total
    ? i18n.t("step_of", { n: part.index, m: part.total })
    : i18n.t("step", { n: part.index });
  const node = h(
    "section",
    { class: "card step-card", lang: language, dir: i18n.direction(language) },
    h("div", { class: "step-head" }, h("span", { class: "step-count" }, count), progressLine(part)),
    part.title !== "" && h("h3", { class: "card-title" }, part.title),
    ...part.hazards.map((hazard) => hazardLine(hazard, surface)),
    text,
    part.options.length > 0 && answers,
  );
  return { node, setActive: (active) => (answers.hidden = !active) };
}

function progressLine(part: StepPart): HTMLElement | null {
  if (!part.total || part.total > 24) return null;
  const line = h("span", { class: "step-line", "aria-hidden": "true" });
  for (let n = 1; n <= part.total; n += 1) {
    line.append(h("span", { class: n <= part.index ? "tick reached" : "tick" }));
  }
  return line;
}

function hazardLine(text: string, surface: Surface): HTMLElement {
  return h(
    "div",
    { class: "hazard", role: "note", "aria-label": surface.i18n.t("safety") },
    icon("warning"),
    h("div", {}, renderMarkdown(text, surface.origin)),
  );
}
