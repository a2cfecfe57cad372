/** The bar that always offers a person: by chat, and by phone when the maker has a hotline. */

import { h } from "../dom";
import { icon } from "../icons";
import type { Surface, View } from "./surface";
import { troubleText } from "./trouble";

export class PersonBar implements View {
  readonly node: HTMLElement;
  private readonly label = h("span");
  private readonly button: HTMLButtonElement;
  private readonly aside = h("div", { class: "person-aside" });
  private busy = false;
  private shown = "";

  constructor(private readonly surface: Surface) {
    this.button = h(
      "button",
      { class: "person-button", type: "button", onclick: () => void this.ask() },
      icon("person"),
      this.label,
    );
    this.node = h("div", { class: "person-bar" }, this.button, this.aside);
  }

  update(): void {
    const { chat, i18n } = this.surface;
    const owner = chat.closed ? "bot" : (chat.state?.owner ?? "bot");
    const texts = {
      bot: i18n.t("talk_person"),
      queue: i18n.t("status_waiting"),
      person: i18n.t("status_person", { name: chat.state?.agent_name || i18n.t("agent") }),
    };
    this.label.textContent = texts[owner];
    this.button.setAttribute("aria-disabled", String(owner !== "bot" || this.busy));
    this.updateAside();
  }

  private updateAside(): void {
    const { chat, i18n } = this.surface;
    const { hotline, office } = chat.config ?? {};
    const alone = chat.closed || chat.state?.owner !== "person";
    const opening = alone && office && !office.open ? office.next_opening : null;
    const signature = `${hotline ?? ""} ${opening ?? ""}`;
    if (signature === this.shown) return;
    this.shown = signature;
    this.aside.replaceChildren();
    if (opening) {
      this.aside.append(h("span", { class: "office" }, i18n.t("people_back", { time: i18n.moment(opening) })));
    }
    if (hotline) this.aside.append(hotlineLink(hotline, i18n.t("call_hotline", { phone: hotline })));
  }

  private async ask(): Promise<void> {
    if (this.button.getAttribute("aria-disabled") === "true") return;
    const { chat } = this.surface;
    this.busy = true;
    this.update();
    try {
      if (chat.closed) chat.startNew();
      await chat.person();
      this.surface.complain(null);
    } catch (error) {
      this.surface.complain(troubleText(error, this.surface.i18n));
    } finally {
      this.busy = false;
      this.update();
    }
  }
}

function hotlineLink(hotline: string, label: string): HTMLElement {
  return h(
    "a",
    { class: "hotline", href: `tel:${hotline.replace(/[^\d+]/g, "")}`, "aria-label": label },
    icon("phone"),
    h("bdi", { dir: "ltr" }, hotline),
  );
}
