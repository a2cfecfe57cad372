/** The one decision: approve with name and box, or reject with a reason. */

import { h } from "../../widget/src/dom";
import type { Act, Quote } from "./contract";
import type { TextKey, Texts } from "./texts";

export type Send = (act: Act) => Promise<void>;

/** An id of this page's act, the same for every retry of it. */
export const actId = (): string => crypto.randomUUID();

/** What hinders an approval, or nothing. */
export function hindrance(name: string, ticked: boolean): TextKey | null {
  if (name.trim().length < 2) return "needName";
  return ticked ? null : "needBox";
}

export function decision(texts: Texts, quote: Quote, send: Send, explain: (error: unknown) => string): HTMLElement {
  const doc = quote.document;
  const fault = h("p", { class: "failed", role: "alert", hidden: true });
  const name = h("input", { id: "name", type: "text", maxlength: 200, autocomplete: "name", placeholder: texts.t("nameHint") });
  const box = h("input", { id: "box", type: "checkbox" });
  const reason = h("textarea", { id: "reason", rows: 2, maxlength: 5000 });
  const ids = { approve: actId(), reject: actId() };
  const buttons: HTMLButtonElement[] = [];

  const refuse = (key: TextKey, field: HTMLElement): void => {
    fault.textContent = texts.t(key);
    fault.hidden = false;
    field.focus();
  };
  const go = (act: "approve" | "reject"): void => {
    fault.hidden = true;
    const missing = act === "approve" ? hindrance(name.value, box.checked) : reason.value.trim() ? null : "needText";
    if (missing !== null) return refuse(missing, missing === "needBox" ? box : missing === "needName" ? name : reason);
    for (const button of buttons) button.disabled = true;
    send({
      act,
      client_id: ids[act],
      name: name.value.trim(),
      accepted: act === "approve" && box.checked,
      digest: act === "approve" ? quote.digest : "",
      text: act === "reject" ? reason.value.trim() : "",
    }).catch((error: unknown) => {
      for (const button of buttons) button.disabled = false;
      fault.textContent = explain(error);
      fault.hidden = false;
    });
  };
  const approve = h("button", { type: "button", class: "button", onclick: () => go("approve") }, texts.t("approve"));
  const reject = h("button", { type: "button", class: "button quiet", onclick: () => go("reject") }, texts.t("reject"));
  buttons.push(approve, reject);
  const total = texts.money(doc.gross, doc.currency);
  return h(
    "section",
    { class: "card" },
    h("h2", {}, texts.t("decide")),
    h("label", { for: "name" }, texts.t("name")),
    name,
    h("label", { class: "tick", for: "box" }, box, h("span", {}, texts.t("box", { buyer: doc.buyer.name ?? "", number: doc.number, total }))),
    fault,
    approve,
    h(
      "details",
      {},
      h("summary", {}, texts.t("rejectTitle")),
      h("label", { for: "reason" }, texts.t("reason")),
      reason,
      reject,
    ),
  );
}
