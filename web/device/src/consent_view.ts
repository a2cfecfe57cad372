/** What the reporter consents to: one box for each text, ticked or not by their last word. */

import { h } from "../../widget/src/dom";
import type { ReportDoor } from "./api";
import type { Consent } from "./contract";
import { failureText } from "./failure";
import type { Texts } from "./i18n";

/** An empty section while there is nothing to consent to. */
export function consentSection(texts: Texts, door: ReportDoor): HTMLElement {
  const node = h("section", { class: "card", hidden: true });
  void door
    .consents(texts.language)
    .then((found) => {
      const open = found.filter((one) => one.text);
      node.hidden = open.length === 0;
      node.replaceChildren(h("h2", {}, texts.t("consents")), ...open.map((one) => box(texts, door, one)));
    })
    // Without an answer the section stays away; the report itself stands on its own.
    .catch(() => undefined);
  return node;
}

function box(texts: Texts, door: ReportDoor, one: Consent): HTMLElement {
  const failed = h("p", { class: "failed", role: "alert" });
  const tick = h("input", { type: "checkbox", id: `consent-${one.purpose}`, checked: one.given === true });
  tick.addEventListener("change", () => {
    const given = tick.checked;
    tick.disabled = true;
    failed.textContent = "";
    door
      .consent(one, given)
      .catch((error: unknown) => {
        tick.checked = !given;
        failed.textContent = failureText(error, texts);
      })
      .finally(() => {
        tick.disabled = false;
      });
  });
  return h(
    "div",
    {},
    h("p", { class: "told", dir: "auto", lang: one.language }, one.text),
    h("label", { for: tick.id }, tick, " ", texts.t("agree")),
    failed,
  );
}
