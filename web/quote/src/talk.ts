/** Questions about the quote, and the maker's answers. */

import { h } from "../../widget/src/dom";
import type { Quote } from "./contract";
import { actId } from "./decide";
import type { Send } from "./decide";
import type { Texts } from "./texts";

export function talk(texts: Texts, quote: Quote, send: Send, explain: (error: unknown) => string): HTMLElement {
  const fault = h("p", { class: "failed", role: "alert", hidden: true });
  const text = h("textarea", { id: "question", rows: 2, maxlength: 5000 });
  const id = actId();
  const ask = h("button", { type: "button", class: "button quiet" }, texts.t("ask"));
  ask.addEventListener("click", () => {
    const words = text.value.trim();
    fault.hidden = words !== "";
    if (!words) {
      fault.textContent = texts.t("needText");
      text.focus();
      return;
    }
    ask.disabled = true;
    send({ act: "question", client_id: id, name: "", accepted: false, digest: "", text: words }).catch((error: unknown) => {
      ask.disabled = false;
      fault.textContent = explain(error);
      fault.hidden = false;
    });
  });
  const mayAsk = quote.state !== "closed";
  return h(
    "section",
    { class: "card" },
    h("h2", {}, texts.t("askTitle")),
    quote.questions.length > 0 &&
      h(
        "ol",
        { class: "talk" },
        ...quote.questions.map((one) =>
          h(
            "li",
            { class: one.from_customer && "mine" },
            h("small", {}, [one.name, texts.moment(one.at)].filter(Boolean).join(" · ")),
            h("p", { class: "words", dir: "auto" }, one.text),
          ),
        ),
      ),
    mayAsk && h("label", { for: "question" }, texts.t("question")),
    mayAsk && text,
    fault,
    mayAsk && ask,
  );
}
