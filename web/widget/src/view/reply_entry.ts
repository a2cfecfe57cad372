/** What the bot, a person or the system wrote, with its cards. */

import type { Choice, Message, Part } from "../contract";
import { h } from "../dom";
import { languageName } from "../i18n";
import { icon } from "../icons";
import { renderMarkdown } from "../markdown/render";
import { attachmentView } from "./attachment";
import { choiceButtons } from "./choices";
import { deviceCard } from "./device_card";
import type { Entry, Item, Standing } from "./entry";
import { noticeLine } from "./notice";
import { RatingCard } from "./rating_card";
import { sourcesView } from "./sources";
import { stepCard } from "./step_card";
import type { Surface } from "./surface";
import { ticketCard } from "./ticket_card";

export class ReplyEntry implements Entry {
  readonly node: HTMLElement;
  private readonly who: HTMLElement | null;
  private readonly onActive: ((active: boolean) => void)[] = [];
  private readonly ratings: RatingCard[] = [];

  constructor(
    message: Message,
    private readonly surface: Surface,
  ) {
    const written = message.author !== "system";
    this.who = written ? this.nameLine(message) : null;
    this.node = h(
      "div",
      { class: `row ${message.author}` },
      this.who,
      message.text !== "" && this.bubble(message),
      ...message.attachments.map((attachment) => attachmentView(attachment, surface)),
      ...message.parts.map((part) => this.part(part, message)),
    );
  }

  update(_item: Item, standing: Standing): void {
    this.who?.classList.toggle("spoken", standing.grouped);
    this.node.classList.toggle("grouped", standing.grouped);
    for (const follow of this.onActive) follow(standing.active);
    for (const rating of this.ratings) rating.update();
  }

  private nameLine(message: Message): HTMLElement {
    const { i18n } = this.surface;
    const bot = message.author === "bot";
    const name = message.author_name || i18n.t(bot ? "assistant" : "agent");
    return h(
      "div",
      { class: "who", title: bot ? i18n.t("ai_written") : null },
      bot ? icon("spark") : h("span", { class: "initial", "aria-hidden": "true" }, initial(name)),
      h("span", { class: "name", dir: "auto" }, name),
      bot && h("span", { class: "spoken" }, ` (${i18n.t("ai_written")})`),
      this.languageMark(message),
      h("time", { datetime: message.created_at }, i18n.time(message.created_at)),
    );
  }

  /** Marks an answer that is not in the customer's language. */
  private languageMark(message: Message): HTMLElement | null {
    const { chat, i18n } = this.surface;
    const wanted = chat.state?.language || i18n.language;
    if (!message.language || message.language === wanted) return null;
    const language = languageName(message.language, i18n.language);
    return h("span", { class: "language-mark" }, i18n.t("in_language", { language }));
  }

  private bubble(message: Message): HTMLElement {
    const dir = this.surface.i18n.direction(message.language);
    const bubble = h("div", { class: "bubble prose", lang: message.language, dir });
    bubble.append(renderMarkdown(message.text, this.surface.origin));
    return bubble;
  }

  /** A part's node; kinds this version does not know are left out. */
  private part(part: Part, message: Message): HTMLElement | null {
    const { surface } = this;
    const choose = (choice: Choice): void => surface.chat.send(choice.value);
    switch (part.kind) {
      case "quick_replies": {
        const choices = choiceButtons(part.options, "chips", choose);
        this.onActive.push((active) => (choices.hidden = !active));
        return choices;
      }
      case "step": {
        const card = stepCard(part, message.language, surface, choose);
        this.onActive.push((active) => card.setActive(active));
        return card.node;
      }
      case "rating": {
        const card = new RatingCard(part, surface);
        this.ratings.push(card);
        return card.node;
      }
      case "sources":
        return sourcesView(part, surface);
      case "device":
        return deviceCard(part, surface.i18n);
      case "ticket":
        return ticketCard(part, surface.i18n);
      case "notice":
        return noticeLine(part, message, surface);
      default:
        return null;
    }
  }
}

function initial(name: string): string {
  return [...name.trim()][0]?.toLocaleUpperCase() ?? "";
}
