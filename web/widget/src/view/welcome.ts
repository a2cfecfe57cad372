/** The greeting at the head of the log, and the three ways to start. */

import { h, leaveFocus } from "../dom";
import { icon, type IconName } from "../icons";
import type { Surface, View } from "./surface";

const START_ICONS: IconName[] = ["warning", "book", "ticket"];

export class Welcome implements View {
  readonly node = h("div", { class: "welcome" });
  private shown: unknown = null;
  private starts: HTMLElement | null = null;

  constructor(private readonly surface: Surface) {}

  update(): void {
    const { chat } = this.surface;
    if (chat.config !== this.shown) {
      this.shown = chat.config;
      this.build();
    }
    const begun = chat.transcript.messages.length > 0 || chat.transcript.outbox.length > 0;
    if (this.starts) this.starts.hidden = begun;
    this.node.classList.toggle("begun", begun);
  }

  private build(): void {
    const { chat } = this.surface;
    if (!chat.config) {
      this.node.replaceChildren();
      return;
    }
    this.starts = h(
      "div",
      { class: "starts" },
      ...chat.config.quick_starts.map((start, index) =>
        h(
          "button",
          {
            class: "start",
            type: "button",
            onclick: (event) => {
              leaveFocus(event.target);
              chat.send(start.value);
            },
          },
          h("span", { class: "start-icon" }, icon(START_ICONS[index] ?? "chat")),
          h("span", { dir: "auto" }, start.label),
        ),
      ),
    );
    this.node.replaceChildren(
      h("p", { class: "greeting", dir: "auto" }, chat.config.greeting),
      this.starts,
    );
  }
}
