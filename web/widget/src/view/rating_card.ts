/** The customer's verdict: stars, a word if they like, thanks. */

import type { RatingPart } from "../contract";
import { h, leaveFocus } from "../dom";
import { icon } from "../icons";
import type { Surface, View } from "./surface";
import { troubleText } from "./trouble";

let groups = 0;

export class RatingCard implements View {
  readonly node = h("section", { class: "card rating-card" });
  private score = 0;
  private thanked: number | null = null;
  private readonly stars: HTMLElement;
  private readonly more: HTMLElement;
  private readonly comment: HTMLTextAreaElement;
  private readonly trouble = h("p", { class: "field-trouble", role: "alert", hidden: true });
  private readonly submit: HTMLButtonElement;

  constructor(
    private readonly part: RatingPart,
    private readonly surface: Surface,
  ) {
    const { i18n } = surface;
    this.stars = this.starGroup();
    this.comment = h("textarea", {
      class: "field",
      rows: 2,
      dir: "auto",
      maxlength: 2000,
      placeholder: i18n.t("rate_comment"),
      "aria-label": i18n.t("rate_comment"),
    });
    this.submit = h(
      "button",
      { class: "button", type: "button", onclick: () => void this.send() },
      i18n.t("rate_send"),
    );
    this.more = h("div", { class: "rating-more", hidden: true }, this.comment, this.trouble, this.submit);
    this.node.append(this.stars, this.more);
    this.update();
  }

  update(): void {
    const { chat, i18n } = this.surface;
    const rating = chat.state?.rating ?? null;
    if (rating === null || rating === this.thanked) return;
    this.thanked = rating;
    if (this.node.contains(this.submit) && this.submit.matches(":focus, :disabled")) leaveFocus(this.node);
    const total = this.total;
    this.node.replaceChildren(
      h("p", { class: "rating-thanks" }, i18n.t("rate_thanks")),
      h(
        "div",
        { class: "stars given", role: "img", "aria-label": i18n.t("rate_stars", { n: rating, m: total }) },
        ...Array.from({ length: total }, (_, n) =>
          h("span", { class: n < rating ? "star full" : "star" }, icon("star")),
        ),
      ),
    );
  }

  private get total(): number {
    return this.part.scale >= 2 && this.part.scale <= 10 ? this.part.scale : 5;
  }

  private starGroup(): HTMLElement {
    const { i18n } = this.surface;
    groups += 1;
    const name = `rating-${groups}`;
    const stars = Array.from({ length: this.total }, (_, index) => {
      const n = index + 1;
      const input = h("input", {
        type: "radio",
        name,
        value: n,
        "aria-label": i18n.t("rate_stars", { n, m: this.total }),
        onchange: () => this.choose(n),
      });
      return h("label", { class: "star" }, input, icon("star"));
    });
    return h(
      "fieldset",
      { class: "rating-field" },
      h("legend", {}, i18n.t("rate_question")),
      h("div", { class: "stars" }, ...stars),
    );
  }

  private choose(score: number): void {
    this.score = score;
    this.more.hidden = false;
    [...this.stars.querySelectorAll(".star")].forEach((star, index) => {
      star.classList.toggle("full", index < score);
    });
  }

  private async send(): Promise<void> {
    this.submit.disabled = true;
    this.trouble.hidden = true;
    try {
      await this.surface.chat.rate(this.score, this.comment.value.trim());
    } catch (error) {
      this.trouble.textContent = troubleText(error, this.surface.i18n);
      this.trouble.hidden = false;
    } finally {
      this.submit.disabled = false;
    }
  }
}
