/** A scale of numbers: radio buttons, so that arrow keys and screen readers know what to do. */

import { h } from "../../widget/src/dom";

export interface Scale {
  name: string;
  question: string;
  scores: readonly number[];
  /** What a screen reader says of a score besides its number. */
  said?: (score: number) => string;
  low: string;
  high: string;
  chosen: number | null;
  onChoose: (score: number) => void;
}

export function scale(one: Scale): HTMLElement {
  const told = h("span", { class: "told" }, one.chosen && one.said ? one.said(one.chosen) : "");
  const options = one.scores.map((score) => {
    const id = `${one.name}-${score}`;
    const box = h("input", {
      type: "radio", id, name: one.name, value: String(score), checked: one.chosen === score,
      onchange: () => {
        told.textContent = one.said?.(score) ?? "";
        one.onChoose(score);
      },
    });
    const name = one.said ? `${score}: ${one.said(score)}` : String(score);
    box.setAttribute("aria-label", name);
    return h("span", { class: "score" }, box, h("label", { for: id, "data-score": String(score) }, String(score)));
  });
  return h(
    "fieldset",
    { class: `scale scale-${one.scores.length}` },
    h("legend", {}, one.question),
    h("div", { class: "scores" }, ...options),
    h("div", { class: "ends" }, h("span", {}, one.low), told, h("span", {}, one.high)),
  );
}
