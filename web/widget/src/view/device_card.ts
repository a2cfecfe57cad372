/** The device the conversation is about. */

import type { DevicePart } from "../contract";
import { h } from "../dom";
import type { I18n } from "../i18n";
import { icon } from "../icons";

export function deviceCard(part: DevicePart, i18n: I18n, now: Date = new Date()): HTMLElement {
  return h(
    "div",
    { class: "card device-card", role: "group", "aria-label": i18n.t("device") },
    h(
      "div",
      { class: "card-head" },
      h("span", { class: "card-icon" }, icon("device")),
      h(
        "div",
        {},
        h("div", { class: "card-kicker" }, i18n.t("device")),
        h("h3", { class: "card-title" }, part.name || part.model),
      ),
    ),
    h(
      "dl",
      { class: "facts" },
      ...fact(i18n.t("model"), h("bdi", {}, part.model)),
      ...fact(i18n.t("serial"), h("bdi", { class: "code", dir: "ltr" }, part.serial)),
      ...(part.warranty_until ? fact(i18n.t("warranty"), warranty(part.warranty_until, i18n, now)) : []),
    ),
  );
}

function fact(name: string, value: HTMLElement): HTMLElement[] {
  return [h("dt", {}, name), h("dd", {}, value)];
}

/** A warranty runs to the end of its last day. */
function warranty(until: string, i18n: I18n, now: Date): HTMLElement {
  const day = until.slice(0, 10);
  const valid = day >= now.toISOString().slice(0, 10);
  return h(
    "span",
    { class: valid ? "tag good" : "tag wait" },
    i18n.t(valid ? "warranty_until" : "warranty_over", { date: i18n.date(day) }),
  );
}
