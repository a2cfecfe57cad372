/** "… is typing", for the assistant and for people. */

import { h } from "../dom";
import type { Surface, View } from "./surface";

export class TypingLine implements View {
  readonly node = h("div", { class: "typing", hidden: true });
  private readonly text = h("span", { class: "spoken" });

  constructor(private readonly surface: Surface) {
    const dot = (): HTMLElement => h("span", { class: "typing-dot", "aria-hidden": "true" });
    this.node.append(dot(), dot(), dot(), this.text);
  }

  update(): void {
    const { chat, i18n } = this.surface;
    this.node.hidden = chat.typing === null;
    this.node.classList.toggle("bot", chat.typing === "bot");
    if (chat.typing === null) return;
    const name = chat.typing === "bot" ? i18n.t("assistant") : (chat.state?.agent_name || i18n.t("agent"));
    this.text.textContent = i18n.t("typing", { name });
  }
}
