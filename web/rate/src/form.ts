/** The questions of one survey. What is entered stays when sending fails. */

import { h } from "../../widget/src/dom";
import type { Door } from "./api";
import type { Said, Survey } from "./contract";
import { failureText } from "./failure";
import { scale } from "./scale";
import type { TextKey, Texts } from "./texts";

const FIVE = [1, 2, 3, 4, 5];
const ELEVEN = Array.from({ length: 11 }, (_, score) => score);
const GOOD_CSAT = 4;
const GOOD_NPS = 7;

/** Whether the score so far is a good one; null while none is chosen. */
export function isGood(said: Pick<Said, "csat" | "nps">): boolean | null {
  if (said.csat !== null) return said.csat >= GOOD_CSAT;
  return said.nps === null ? null : said.nps >= GOOD_NPS;
}

/** The form; `done` gets the survey as it stands after sending. */
export function form(texts: Texts, door: Door, survey: Survey, said: Said, done: (after: Survey) => void): HTMLElement {
  const failed = h("p", { class: "failed", role: "alert" });
  const reasons = h("div", {});
  const button = h("button", { type: "submit", class: "button" }, texts.t("send"));
  const chosen = (): void => {
    failed.textContent = "";
    reasons.replaceChildren(...reasonsOf(texts, survey, said));
  };
  const words = h("textarea", { id: "comment", rows: 4, maxLength: 4000 });
  words.value = said.comment;
  words.addEventListener("input", () => {
    said.comment = words.value;
  });
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (said.csat === null && said.nps === null) {
      failed.textContent = texts.t("needScore");
      node.querySelector<HTMLInputElement>("input[type=radio]")?.focus();
      return;
    }
    button.disabled = true;
    button.textContent = texts.t("sending");
    try {
      done(await door.answer(said, texts.language));
    } catch (error) {
      failed.textContent = failureText(error, texts);
      button.disabled = false;
      button.textContent = texts.t("send");
    }
  };
  const node = h(
    "form",
    { class: "card", noValidate: true },
    ...(survey.ask_csat
      ? [
          scale({
            name: "csat", question: texts.t("csat"), scores: FIVE, chosen: said.csat,
            said: (score) => texts.t(`csat${score}` as TextKey), low: texts.t("csat1"), high: texts.t("csat5"),
            onChoose: (score) => {
              said.csat = score;
              chosen();
            },
          }),
        ]
      : []),
    ...(survey.ask_nps
      ? [
          scale({
            name: "nps", question: texts.t("nps"), scores: ELEVEN, chosen: said.nps,
            low: texts.t("npsLow"), high: texts.t("npsHigh"),
            onChoose: (score) => {
              said.nps = score;
              chosen();
            },
          }),
        ]
      : []),
    reasons,
    ...(survey.ask_comment ? [h("label", { for: "comment", class: "question" }, texts.t("comment")), words] : []),
    failed,
    button,
  );
  node.addEventListener("submit", (event) => void send(event));
  reasons.replaceChildren(...reasonsOf(texts, survey, said));
  return node;
}

/** Reasons that fit the score; a tick that no longer fits is taken away. */
function reasonsOf(texts: Texts, survey: Survey, said: Said): HTMLElement[] {
  const good = isGood(said);
  if (good === null) return [];
  const fitting = survey.reasons.filter((one) => one.good === good);
  said.reasons = said.reasons.filter((code) => fitting.some((one) => one.code === code));
  if (fitting.length === 0) return [];
  return [
    h(
      "fieldset",
      { class: "reasons" },
      h("legend", {}, texts.t(good ? "reasonsGood" : "reasonsBad")),
      ...fitting.map((one) => {
        const id = `reason-${one.code}`;
        const box = h("input", { type: "checkbox", id, checked: said.reasons.includes(one.code) });
        box.addEventListener("change", () => {
          said.reasons = box.checked ? [...said.reasons, one.code] : said.reasons.filter((code) => code !== one.code);
        });
        return h("span", { class: "reason" }, box, h("label", { for: id }, one.label));
      }),
    ),
  ];
}
