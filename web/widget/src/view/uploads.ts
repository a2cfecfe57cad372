/** The photos and files that go with the next message: preview, progress, cancel, trouble. */

import type { Attachment } from "../contract";
import { h } from "../dom";
import { icon } from "../icons";
import { ProblemError } from "../http";
import type { Surface } from "./surface";

interface Upload {
  node: HTMLElement;
  attachment: Attachment | null;
  failed: boolean;
  stop: AbortController;
}

export class Uploads {
  readonly node = h("div", { class: "uploads", hidden: true });
  private items: Upload[] = [];

  constructor(
    private readonly surface: Surface,
    private readonly changed: () => void,
  ) {}

  get busy(): boolean {
    return this.items.some((item) => !item.attachment && !item.failed);
  }

  get ready(): Attachment[] {
    return this.items.flatMap((item) => (item.attachment ? [item.attachment] : []));
  }

  add(files: Iterable<File>): void {
    for (const file of files) this.start(file);
  }

  /** Hands the finished ones over and clears the tray. */
  take(): Attachment[] {
    const ready = this.ready;
    for (const item of [...this.items]) if (item.attachment) this.remove(item);
    return ready;
  }

  private start(file: File): void {
    const { i18n, chat } = this.surface;
    const bar = h("progress", { max: 100, value: 0, "aria-label": i18n.t("uploading", { name: file.name }) });
    const note = h("span", { class: "upload-note" }, i18n.size(file.size));
    const item: Upload = { node: h("div", { class: "upload" }), attachment: null, failed: false, stop: new AbortController() };
    item.node.append(
      thumbnail(file),
      h("div", { class: "upload-text" }, h("span", { class: "file-name", dir: "auto" }, file.name), note, bar),
      h(
        "button",
        {
          class: "icon-button",
          type: "button",
          "aria-label": i18n.t("remove_file", { name: file.name }),
          onclick: () => this.remove(item),
        },
        icon("close"),
      ),
    );
    this.items.push(item);
    this.node.append(item.node);
    const limit = chat.config?.max_upload_mb;
    if (limit && file.size > limit * 1e6) {
      this.fail(item, note, bar, i18n.t("too_large", { max: limit }));
    } else {
      chat
        .upload(file, (share) => (bar.value = share * 100), item.stop.signal)
        .then(
          (attachment) => {
            item.attachment = attachment;
            bar.remove();
            this.announce();
          },
          (error: unknown) => {
            const detail = error instanceof ProblemError ? error.message : "";
            this.fail(item, note, bar, detail || i18n.t("upload_failed"));
          },
        );
    }
    this.announce();
  }

  private fail(item: Upload, note: HTMLElement, bar: HTMLElement, text: string): void {
    item.failed = true;
    item.node.classList.add("failed");
    note.textContent = text;
    note.setAttribute("role", "alert");
    bar.remove();
    this.announce();
  }

  private remove(item: Upload): void {
    item.stop.abort();
    item.node.remove();
    this.items = this.items.filter((other) => other !== item);
    this.announce();
  }

  private announce(): void {
    this.node.hidden = this.items.length === 0;
    this.changed();
  }
}

function thumbnail(file: File): HTMLElement {
  const frame = h("span", { class: "thumbnail" }, icon("file"));
  if (!file.type.startsWith("image/")) return frame;
  const url = URL.createObjectURL(file);
  const image = h("img", { src: url, alt: "" });
  image.onload = () => {
    URL.revokeObjectURL(url);
    frame.replaceChildren(image);
  };
  image.onerror = () => URL.revokeObjectURL(url);
  return frame;
}
