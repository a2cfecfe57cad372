/** What the customer wrote, with how its sending fares. */

import type { Outgoing } from "../memory";
import { h, leaveFocus } from "../dom";
import { icon } from "../icons";
import { renderPlain } from "../markdown/render";
import { attachmentView } from "./attachment";
import type { Entry, Item, Standing } from "./entry";
import type { Surface } from "./surface";

export class CustomerEntry implements Entry {
  readonly node: HTMLElement;
  private readonly foot = h("div", { class: "foot" });
  private shown = "";

  /** `text` is what to show: a tapped answer shows its label, not its value. */
  constructor(
    item: Item,
    text: string,
    private readonly surface: Surface,
  ) {
    const source = item.kind === "message" ? item.message : item.outgoing;
    const shortened = item.kind === "message" && item.message.truncated;
    this.node = h(
      "div",
      { class: "row customer" },
      h("span", { class: "spoken" }, `${surface.i18n.t("you")}: `),
      ...source.attachments.map((attachment) => attachmentView(attachment, surface)),
      text !== "" && h("div", { class: "bubble" }, renderPlain(text)),
      shortened && h("p", { class: "remark" }, surface.i18n.t("shortened")),
      this.foot,
    );
  }

  update(item: Item, standing: Standing): void {
    const { i18n } = this.surface;
    const sent = item.kind === "message";
    const status = sent ? "sent" : item.outgoing.status;
    const at = sent ? item.message.created_at : item.outgoing.created_at;
    const signature = `${status} ${at} ${standing.latest} ${sent ? "" : (item.outgoing.problem ?? "")}`;
    if (signature === this.shown) return;
    this.shown = signature;
    this.node.classList.toggle("failed", status === "failed");
    if (!sent && status === "failed") {
      this.foot.replaceChildren(...this.failure(item.outgoing));
      return;
    }
    const state = status === "sending" ? i18n.t("sending") : standing.latest ? i18n.t("sent") : "";
    this.foot.replaceChildren(
      h("time", { datetime: at }, i18n.time(at)),
      state === "" ? "" : h("span", { class: "state" }, ` · ${state}`),
    );
  }

  private failure(outgoing: Outgoing): HTMLElement[] {
    const { chat, i18n } = this.surface;
    const act = (label: string, run: () => void): HTMLElement =>
      h(
        "button",
        {
          class: "text-button",
          type: "button",
          onclick: (event) => {
            leaveFocus(event.target);
            run();
          },
        },
        label,
      );
    return [
      h(
        "span",
        { class: "failure", dir: "auto" },
        icon("warning"),
        outgoing.problem || i18n.t("not_sent"),
      ),
      act(i18n.t("retry"), () => chat.retry(outgoing)),
      act(i18n.t("discard"), () => chat.discard(outgoing)),
    ];
  }
}
