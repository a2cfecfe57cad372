/** Answers to tap. They vanish once the conversation has gone on. */

import type { Choice } from "../contract";
import { h, leaveFocus } from "../dom";

/** A group of buttons; the first tap counts, so that a double tap does not answer twice. */
export function choiceButtons(
  options: readonly Choice[],
  style: "chips" | "stack",
  choose: (choice: Choice) => void,
): HTMLElement {
  let used = false;
  return h(
    "div",
    { class: `choices ${style}`, role: "group" },
    ...options.map((option) =>
      h(
        "button",
        {
          class: "choice",
          type: "button",
          onclick: (event) => {
            if (used) return;
            used = true;
            leaveFocus(event.target);
            choose(option);
          },
        },
        option.label,
      ),
    ),
  );
}
