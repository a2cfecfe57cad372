/** The page: head, the questions or what became of them, and what is done with the answer. */

import { h } from "../../widget/src/dom";
import type { Door } from "./api";
import type { Said, Survey } from "./contract";
import { failureText } from "./failure";
import { form } from "./form";
import { Texts } from "./texts";

const NOTHING: Said = { csat: null, nps: null, comment: "", reasons: [] };

export class Page {
  private texts: Texts;
  private survey: Survey | null = null;
  private said: Said = { ...NOTHING };
  private changing = false;

  constructor(
    private readonly root: HTMLElement,
    private readonly door: Door,
    language: string,
  ) {
    this.texts = new Texts(language);
  }

  /** Ask for the survey, in the language of the page, and show it. */
  async open(language = this.texts.language): Promise<void> {
    this.texts = new Texts(language);
    document.documentElement.lang = language;
    if (!this.survey) this.root.replaceChildren(h("p", { class: "hint", role: "status" }, this.texts.t("loading")));
    try {
      const first = this.survey === null;
      this.survey = await this.door.read(language);
      if (first && this.survey.answer) this.said = { ...this.survey.answer };
      this.show();
    } catch (error) {
      const retry = (): void => void this.open();
      this.root.replaceChildren(
        h(
          "main",
          {},
          h("div", { class: "card" },
            h("p", { class: "failed", role: "alert" }, failureText(error, this.texts)),
            h("button", { type: "button", class: "button quiet", onclick: retry }, this.texts.t("retry")),
          ),
        ),
      );
    }
  }

  private show(): void {
    const survey = this.survey;
    if (!survey) return;
    const { texts } = this;
    document.title = `${survey.maker}: ${texts.t("title")}`;
    this.root.replaceChildren(
      this.head(survey),
      h(
        "main",
        {},
        h("h1", { tabIndex: -1 }, texts.t("title")),
        h("p", { class: "hint" }, [texts.t("about", { ticket: survey.ticket }), survey.device].filter(Boolean).join(" · ")),
        ...(survey.intro ? [h("p", { class: "intro" }, survey.intro)] : []),
        this.body(survey),
        this.foot(survey),
      ),
    );
  }

  private head(survey: Survey): HTMLElement {
    const menu = h(
      "select",
      { "aria-label": this.texts.t("language"), onchange: () => void this.open(menu.value) },
      ...survey.languages.map((code) =>
        h("option", { value: code, lang: code, selected: code === this.texts.language }, Texts.ownName(code)),
      ),
    );
    return h("header", {}, h("b", {}, survey.maker), menu);
  }

  private body(survey: Survey): HTMLElement {
    const { texts } = this;
    if (survey.state === "open" || (survey.state === "answered" && this.changing)) {
      return form(texts, this.door, survey, this.said, (after) => {
        this.changing = false;
        this.survey = after;
        if (after.answer) this.said = { ...after.answer };
        this.show();
        this.root.querySelector<HTMLElement>("[data-thanks]")?.focus();
      });
    }
    if (survey.state === "answered") return this.thanks(survey);
    return h("div", { class: "card" }, h("p", {}, texts.t(survey.state === "closed" ? "closed" : "expired")));
  }

  private thanks(survey: Survey): HTMLElement {
    const { texts } = this;
    const change = (): void => {
      this.changing = true;
      this.show();
      this.root.querySelector<HTMLInputElement>("input:checked")?.focus();
    };
    return h(
      "div",
      { class: "card" },
      h("p", { class: "thanks", role: "status", tabIndex: -1, "data-thanks": "" }, survey.thanks || texts.t("thanks")),
      ...(survey.changeable_until
        ? [
            h("p", { class: "hint" }, texts.t("until", { at: texts.moment(survey.changeable_until) })),
            h("button", { type: "button", class: "button quiet", onclick: change }, texts.t("change")),
          ]
        : []),
    );
  }

  private foot(survey: Survey): HTMLElement {
    const { texts } = this;
    const failed = h("p", { class: "failed", role: "alert" });
    const turn = async (): Promise<void> => {
      try {
        this.survey = await this.door.stop(!survey.stopped, texts.language);
        this.show();
      } catch (error) {
        failed.textContent = failureText(error, texts);
      }
    };
    return h(
      "footer",
      {},
      h("p", {}, survey.consent),
      ...(survey.stopped ? [h("p", { role: "status" }, texts.t("stopped"))] : []),
      h("button", { type: "button", class: "link", onclick: () => void turn() }, texts.t(survey.stopped ? "again" : "stop")),
      failed,
    );
  }
}
