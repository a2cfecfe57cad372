/** Choosing photos and sending them ahead, one by one. */

import { h } from "../../widget/src/dom";
import type { StoredPhoto } from "./contract";
import { failureText } from "./failure";
import type { Texts } from "./i18n";
import { shrink } from "./shrink";

export class PhotoField {
  readonly node: HTMLElement;
  private readonly list = h("ul", { class: "photos" });
  private readonly said = h("p", { class: "said", role: "status" });
  private readonly input: HTMLInputElement;
  private readonly button: HTMLLabelElement;
  private sending = 0;

  constructor(
    private readonly texts: Texts,
    private readonly photos: StoredPhoto[],
    private readonly most: number,
    private readonly upload: (photo: Blob, name: string) => Promise<StoredPhoto>,
    private readonly changed: (photos: StoredPhoto[]) => void,
  ) {
    this.input = h("input", {
      type: "file",
      accept: "image/jpeg,image/png,image/webp",
      multiple: true,
      class: "spoken",
      id: "photos",
      onchange: () => void this.take(),
    });
    this.button = h("label", { for: "photos", class: "button quiet" }, texts.t("add_photo"));
    this.node = h(
      "div",
      { class: "field" },
      h("span", { class: "label" }, texts.t("photos"), h("small", {}, texts.t("optional"))),
      h("p", { class: "hint" }, texts.t("photos_hint", { n: most })),
      this.list,
      this.input,
      this.button,
      this.said,
    );
    this.draw();
  }

  get busy(): boolean {
    return this.sending > 0;
  }

  private async take(): Promise<void> {
    const chosen = [...(this.input.files ?? [])].slice(0, this.most - this.photos.length);
    this.input.value = "";
    for (const file of chosen) {
      this.sending += 1;
      this.said.textContent = this.texts.t("sending_photo", { name: file.name });
      try {
        this.photos.push(await this.upload(await shrink(file), file.name));
        this.said.textContent = "";
      } catch (error) {
        this.said.textContent = failureText(error, this.texts);
        break;
      } finally {
        this.sending -= 1;
        this.changed(this.photos);
        this.draw();
      }
    }
  }

  private draw(): void {
    const rows = this.photos.map((photo) =>
      h(
        "li",
        {},
        h("span", { dir: "auto" }, photo.name),
        h(
          "button",
          { type: "button", class: "remove", "aria-label": this.texts.t("remove", { name: photo.name }), onclick: () => this.drop(photo) },
          "×",
        ),
      ),
    );
    this.list.replaceChildren(...rows);
    const full = this.photos.length >= this.most;
    this.input.disabled = full;
    this.button.hidden = full;
  }

  private drop(photo: StoredPhoto): void {
    this.photos.splice(this.photos.indexOf(photo), 1);
    this.changed(this.photos);
    this.draw();
    this.input.focus();
  }
}
