/** The menu of languages, each under its own name. */

import { arrange, h } from "../dom";
import { LANGUAGES, ownName } from "../i18n";
import { icon } from "../icons";
import type { Surface, View } from "./surface";

export class LanguageMenu implements View {
  readonly node: HTMLElement;
  private readonly button: HTMLButtonElement;
  private readonly list: HTMLElement;
  private shown = "";

  constructor(private readonly surface: Surface) {
    this.list = h("div", { class: "menu", role: "menu", hidden: true });
    this.list.setAttribute("aria-label", surface.i18n.t("language"));
    this.button = h(
      "button",
      {
        class: "icon-button",
        type: "button",
        "aria-haspopup": "menu",
        "aria-expanded": "false",
        "aria-label": `${surface.i18n.t("language")}: ${ownName(surface.i18n.language)}`,
        onclick: () => (this.open ? this.close() : this.show()),
      },
      icon("globe"),
    );
    this.node = h("div", { class: "menu-anchor" }, this.button, this.list);
    this.node.addEventListener("keydown", (event) => this.keys(event));
    this.node.addEventListener("focusout", (event) => {
      const to = event.relatedTarget;
      if (this.open && to instanceof Node && !this.node.contains(to)) this.close(false);
    });
  }

  get open(): boolean {
    return !this.list.hidden;
  }

  update(): void {
    const codes = this.surface.chat.config?.languages ?? LANGUAGES;
    const signature = codes.join();
    if (signature === this.shown) return;
    this.shown = signature;
    arrange(this.list, codes.map((code) => this.entry(code)));
  }

  close(focus = true): void {
    this.list.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    if (focus) this.button.focus();
  }

  private show(): void {
    this.list.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    const entries = this.entries();
    (entries.find((e) => e.getAttribute("aria-checked") === "true") ?? entries[0])?.focus();
  }

  private entry(code: string): HTMLElement {
    const chosen = code === this.surface.i18n.language;
    return h(
      "button",
      {
        class: "menu-entry",
        type: "button",
        role: "menuitemradio",
        lang: code,
        "aria-checked": String(chosen),
        tabindex: -1,
        onclick: () => {
          this.close();
          if (!chosen) this.surface.setLanguage(code);
        },
      },
      h("span", {}, ownName(code)),
      chosen && icon("check"),
    );
  }

  private entries(): HTMLElement[] {
    return [...this.list.children] as HTMLElement[];
  }

  private keys(event: KeyboardEvent): void {
    if (!this.open) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const entries = this.entries();
    const at = entries.findIndex((e) => e.matches(":focus"));
    const last = entries.length - 1;
    const to = Number.isFinite(step) ? (at + step + entries.length) % entries.length : step < 0 ? 0 : last;
    entries[to]?.focus();
  }
}
