/** The round button that opens and closes the panel, with the count of unread messages. */

import { h } from "../dom";
import type { I18n } from "../i18n";
import { icon } from "../icons";

export class Launcher {
  readonly node: HTMLButtonElement;
  private readonly badge = h("span", { class: "badge", "aria-hidden": "true" });

  constructor(toggle: () => void) {
    this.node = h(
      "button",
      { class: "launcher", type: "button", "aria-haspopup": "dialog", onclick: toggle },
      h("span", { class: "launcher-open" }, icon("chat")),
      h("span", { class: "launcher-close" }, icon("down")),
      this.badge,
    );
  }

  update(i18n: I18n, open: boolean, unread: number): void {
    const shown = open ? 0 : unread;
    this.badge.textContent = shown > 99 ? "99+" : String(shown);
    this.badge.hidden = shown === 0;
    this.node.setAttribute("aria-expanded", String(open));
    this.node.setAttribute(
      "aria-label",
      open
        ? i18n.t("close_chat")
        : shown > 0
          ? i18n.t("open_chat_unread", { n: shown })
          : i18n.t("open_chat"),
    );
  }
}
