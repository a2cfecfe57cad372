/** The line under the head: no connection, a refused act, or the question before a chat ends. */

import { h } from "../dom";
import { icon } from "../icons";
import type { Surface, View } from "./surface";
import { troubleText } from "./trouble";

export class Banner implements View {
  readonly node = h("div", { class: "banner", role: "alert", hidden: true });
  private trouble: string | null = null;
  private asking = false;
  private shown = "";

  constructor(private readonly surface: Surface) {}

  complain(text: string | null): void {
    this.trouble = text;
    this.update();
  }

  /** Asks whether the chat shall end. */
  askToEnd(): void {
    this.asking = true;
    this.update();
    this.node.querySelector("button")?.focus();
  }

  update(): void {
    const { chat, i18n } = this.surface;
    if (chat.closed) this.asking = false;
    const offline = navigator.onLine === false || chat.link === "offline";
    const failed = chat.configFailed && !chat.config;
    const kind = this.asking ? "ask" : offline ? "offline" : failed ? "failed" : (this.trouble ?? "");
    if (kind === this.shown) return;
    this.shown = kind;
    this.node.hidden = kind === "";
    this.node.className = `banner ${this.asking ? "ask" : offline ? "offline" : "trouble"}`;
    if (this.asking) this.node.replaceChildren(...this.question());
    else if (offline) this.line(i18n.t("offline"));
    else if (failed) this.line(i18n.t("start_failed"), i18n.t("retry"), () => void chat.loadConfig());
    else if (this.trouble) this.line(this.trouble, null, () => this.complain(null));
    else this.node.replaceChildren();
  }

  private line(text: string, action: string | null = null, act: (() => void) | null = null): void {
    this.node.replaceChildren(icon("warning"), h("span", { class: "banner-text", dir: "auto" }, text));
    if (!act) return;
    this.node.append(
      action
        ? h("button", { class: "text-button", type: "button", onclick: act }, action)
        : h(
            "button",
            { class: "icon-button", type: "button", "aria-label": this.surface.i18n.t("discard"), onclick: act },
            icon("close"),
          ),
    );
  }

  private question(): HTMLElement[] {
    const { chat, i18n } = this.surface;
    const end = async (): Promise<void> => {
      keep();
      try {
        await chat.end();
      } catch (error) {
        this.complain(troubleText(error, i18n));
      }
    };
    const keep = (): void => {
      this.asking = false;
      this.update();
      this.node.closest<HTMLElement>(".panel")?.focus();
    };
    return [
      h("span", { class: "banner-text" }, i18n.t("end_chat_question")),
      h("button", { class: "text-button strong", type: "button", onclick: () => void end() }, i18n.t("end_chat")),
      h("button", { class: "text-button", type: "button", onclick: keep }, i18n.t("keep_chat")),
    ];
  }
}
