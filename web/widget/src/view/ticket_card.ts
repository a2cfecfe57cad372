/** A ticket and how far it has come. */

import type { TicketPart } from "../contract";
import { h } from "../dom";
import type { I18n } from "../i18n";
import { icon } from "../icons";

export function ticketCard(part: TicketPart, i18n: I18n): HTMLElement {
  return h(
    "div",
    { class: "card ticket-card", role: "group", "aria-label": `${i18n.t("ticket")} ${part.number}` },
    h(
      "div",
      { class: "card-head" },
      h("span", { class: "card-icon" }, icon("ticket")),
      h(
        "div",
        { class: "grow" },
        h("div", { class: "card-kicker" }, `${i18n.t("ticket")} `, h("bdi", { class: "code" }, part.number)),
        h("h3", { class: "card-title" }, part.title),
        h("span", { class: "tag" }, part.state_label),
      ),
    ),
    part.progress.length > 0 &&
      h("ol", { class: "progress" }, ...part.progress.map((label, n) => stage(label, n, part.reached, i18n))),
    part.updated_at !== "" &&
      h("p", { class: "card-foot" }, i18n.t("ticket_updated", { time: i18n.moment(part.updated_at) })),
  );
}

function stage(label: string, index: number, reached: number, i18n: I18n): HTMLElement {
  const standing = index < reached ? "done" : index === reached ? "now" : "later";
  const spoken = { done: i18n.t("stage_done"), now: i18n.t("stage_now"), later: "" }[standing];
  return h(
    "li",
    { class: standing, "aria-current": standing === "now" ? "step" : null },
    h("span", { class: "stage-mark", "aria-hidden": "true" }, standing === "done" && icon("check")),
    h("span", {}, label),
    spoken !== "" && h("span", { class: "spoken" }, ` (${spoken})`),
  );
}
