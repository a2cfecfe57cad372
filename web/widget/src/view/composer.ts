/** Where the customer writes, adds photos and files, and sends. */

import { h } from "../dom";
import { icon, type IconName } from "../icons";
import type { Surface, View } from "./surface";
import { Uploads } from "./uploads";

const TALLEST_PX = 132;

/** Enter sends; Shift+Enter breaks the line; Enter that confirms an input method's word does neither. */
export function sendsOn(event: KeyboardEvent): boolean {
  // 229 is what Safari reports for the Enter that ends a composition.
  return event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
}

export class Composer implements View {
  readonly node: HTMLElement;
  readonly field: HTMLTextAreaElement;
  private readonly uploads: Uploads;
  private readonly sendButton: HTMLButtonElement;
  private readonly endButton: HTMLButtonElement;
  private readonly writing: HTMLElement;
  private readonly ended: HTMLElement;

  constructor(
    private readonly surface: Surface,
    askToEnd: () => void,
    draft = "",
  ) {
    const { i18n } = surface;
    this.uploads = new Uploads(surface, () => this.update());
    this.field = this.textField();
    this.field.value = draft;
    this.sendButton = h(
      "button",
      { class: "send", type: "button", "aria-label": i18n.t("send"), onclick: () => this.send() },
      icon("send"),
    );
    this.endButton = h(
      "button",
      { class: "text-button end", type: "button", onclick: askToEnd },
      i18n.t("end_chat"),
    );
    this.writing = h(
      "div",
      { class: "writing" },
      this.uploads.node,
      this.field,
      h(
        "div",
        { class: "tools" },
        this.picker("photo", i18n.t("attach_photo"), "image/*"),
        this.picker("clip", i18n.t("attach_file"), null),
        h("span", { class: "grow" }),
        this.endButton,
        this.sendButton,
      ),
    );
    this.ended = h(
      "div",
      { class: "ended", hidden: true },
      h("button", { class: "button", type: "button", onclick: () => this.startNew() }, i18n.t("new_chat")),
    );
    this.node = h("div", { class: "composer" }, this.writing, this.ended);
  }

  update(): void {
    const { chat } = this.surface;
    this.writing.hidden = chat.closed;
    this.ended.hidden = !chat.closed;
    this.endButton.hidden = chat.state === null || chat.transcript.messages.length === 0;
    this.sendButton.setAttribute("aria-disabled", String(!this.sendable));
  }

  addFiles(files: Iterable<File>): void {
    if (!this.surface.chat.closed) this.uploads.add(files);
  }

  /** Fits the field to its text; needed once it is on screen. */
  grow(): void {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, TALLEST_PX)}px`;
  }

  private get sendable(): boolean {
    return !this.uploads.busy && (this.field.value.trim() !== "" || this.uploads.ready.length > 0);
  }

  private textField(): HTMLTextAreaElement {
    const { chat, i18n } = this.surface;
    return h("textarea", {
      rows: 1,
      enterkeyhint: "send",
      placeholder: i18n.t("placeholder"),
      "aria-label": i18n.t("placeholder"),
      oninput: () => {
        // An empty field follows the panel, so that the placeholder reads right.
        this.field.dir = this.field.value === "" ? "" : "auto";
        this.grow();
        this.update();
        if (this.field.value !== "") chat.tellTyping();
      },
      onkeydown: (event) => {
        if (!sendsOn(event as KeyboardEvent)) return;
        event.preventDefault();
        this.send();
      },
      onpaste: (event) => {
        const data = (event as ClipboardEvent).clipboardData;
        // A spreadsheet puts a picture beside its text: the text is what was meant.
        if (!data || data.files.length === 0 || data.getData("text/plain") !== "") return;
        event.preventDefault();
        this.addFiles([...data.files]);
      },
    });
  }

  private picker(name: IconName, label: string, accept: string | null): HTMLElement {
    const input = h("input", { type: "file", accept, multiple: true, tabindex: -1, "aria-hidden": "true" });
    input.hidden = true;
    input.addEventListener("change", () => {
      this.addFiles([...(input.files ?? [])]);
      input.value = "";
      this.field.focus();
    });
    return h(
      "span",
      {},
      h(
        "button",
        { class: "icon-button", type: "button", "aria-label": label, title: label, onclick: () => input.click() },
        icon(name),
      ),
      input,
    );
  }

  private send(): void {
    if (!this.sendable) return;
    const text = this.field.value.trim();
    this.field.value = "";
    this.grow();
    this.surface.complain(null);
    this.surface.chat.send(text, this.uploads.take());
    this.update();
    this.field.focus();
  }

  private startNew(): void {
    this.surface.chat.startNew();
    this.field.focus();
  }
}
