/** The panel: its parts, its keyboard, its place on a phone. */

import { h } from "../dom";
import { icon } from "../icons";
import { Banner } from "./banner";
import { Composer } from "./composer";
import { Header } from "./header";
import { Log } from "./log";
import { PersonBar } from "./person_bar";
import type { Surface, View } from "./surface";

const FOCUSABLE = "a[href], button, textarea, input, [tabindex='0']";

export class Panel implements View {
  readonly node: HTMLElement;
  readonly banner: Banner;
  private readonly header: Header;
  private readonly log: Log;
  private readonly composer: Composer;
  private readonly parts: View[];
  private readonly drop: HTMLElement;

  constructor(
    private readonly surface: Surface,
    draft: string,
  ) {
    const { i18n } = surface;
    this.header = new Header(surface);
    this.banner = new Banner(surface);
    this.log = new Log(surface);
    this.composer = new Composer(surface, () => this.banner.askToEnd(), draft);
    const person = new PersonBar(surface);
    this.parts = [this.header, person, this.banner, this.log, this.composer];
    this.drop = h("div", { class: "drop", hidden: true }, icon("clip"), i18n.t("drop_here"));
    this.node = h(
      "div",
      {
        class: "panel",
        role: "dialog",
        "aria-labelledby": "maker",
        lang: i18n.language,
        dir: i18n.direction(i18n.language),
        tabindex: -1,
        hidden: true,
      },
      ...this.parts.map((part) => part.node),
      this.drop,
    );
    this.node.addEventListener("keydown", (event) => this.keys(event));
    this.listenForDrops();
  }

  get draft(): string {
    return this.composer.field.value;
  }

  get open(): boolean {
    return !this.node.hidden;
  }

  update(): void {
    for (const part of this.parts) part.update();
  }

  /** Shows the panel. A phone keeps its keyboard down until the field is tapped. */
  show(focusField: boolean): void {
    this.node.hidden = false;
    this.update();
    this.composer.grow();
    this.log.toEnd();
    (focusField && !this.surface.chat.closed ? this.composer.field : this.node).focus();
  }

  hide(): void {
    this.node.hidden = true;
  }

  private keys(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      this.surface.close();
    } else if (event.key === "Tab") this.keepFocus(event);
  }

  /** Tab goes round within the panel. */
  private keepFocus(event: KeyboardEvent): void {
    const stops = [...this.node.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
      (node) => node.tabIndex >= 0 && node.getClientRects().length > 0 && !node.matches(":disabled"),
    );
    const first = stops[0];
    const last = stops.at(-1);
    const leaving = event.shiftKey ? first : last;
    if (leaving?.matches(":focus") || this.node.matches(":focus")) {
      event.preventDefault();
      (event.shiftKey ? last : first)?.focus();
    }
  }

  private listenForDrops(): void {
    const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
    this.node.addEventListener("dragover", (event) => {
      if (!carriesFiles(event) || this.surface.chat.closed) return;
      event.preventDefault();
      this.drop.hidden = false;
    });
    this.node.addEventListener("dragleave", (event) => {
      if (!(event.relatedTarget instanceof Node && this.node.contains(event.relatedTarget))) this.drop.hidden = true;
    });
    this.node.addEventListener("drop", (event) => {
      this.drop.hidden = true;
      if (!carriesFiles(event)) return;
      event.preventDefault();
      this.composer.addFiles([...(event.dataTransfer?.files ?? [])]);
    });
  }
}
