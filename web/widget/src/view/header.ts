/** The panel's head: who the maker is, how the connection stands, language, close. */

import { h } from "../dom";
import { icon } from "../icons";
import { LanguageMenu } from "./language_menu";
import type { Surface, View } from "./surface";

type Tone = "good" | "wait" | "bad";

export class Header implements View {
  readonly node: HTMLElement;
  readonly menu: LanguageMenu;
  private readonly logo = h("span", { class: "logo", "aria-hidden": "true" });
  private readonly name = h("h2", { class: "maker", id: "maker", dir: "auto" });
  private readonly status = h("span", { class: "status-text", role: "status" });
  private readonly dot = h("span", { class: "dot", "aria-hidden": "true" });

  constructor(private readonly surface: Surface) {
    this.menu = new LanguageMenu(surface);
    this.node = h(
      "header",
      { class: "header" },
      this.logo,
      h("div", { class: "title" }, this.name, h("p", { class: "status" }, this.dot, this.status)),
      this.menu.node,
      h(
        "button",
        {
          class: "icon-button",
          type: "button",
          "aria-label": surface.i18n.t("close_chat"),
          onclick: () => surface.close(),
        },
        icon("close"),
      ),
    );
  }

  update(): void {
    const { chat, i18n } = this.surface;
    this.logo.textContent = chat.config?.logo_text ?? "";
    this.logo.hidden = !chat.config;
    this.name.textContent = chat.config?.name ?? i18n.t("service");
    const [tone, text] = this.standing();
    this.dot.className = `dot ${tone}`;
    if (this.status.textContent !== text) this.status.textContent = text;
    this.menu.update();
  }

  private standing(): [Tone, string] {
    const { chat, i18n } = this.surface;
    if (chat.link === "offline" || navigator.onLine === false) return ["bad", i18n.t("status_offline")];
    if (chat.configFailed && !chat.config) return ["bad", i18n.t("status_offline")];
    if (chat.closed) return ["wait", i18n.t("status_closed")];
    if (chat.link === "connecting" || !chat.config) return ["wait", i18n.t("status_connecting")];
    if (chat.state?.owner === "queue") return ["wait", i18n.t("status_waiting")];
    if (chat.state?.owner === "person") {
      return ["good", i18n.t("status_person", { name: chat.state.agent_name || i18n.t("agent") })];
    }
    return ["good", i18n.t("status_ready")];
  }
}
