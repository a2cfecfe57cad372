/** The form that reports a fault. What is typed is kept at every stroke. */

import { h } from "../../widget/src/dom";
import type { DeviceDoor } from "./api";
import type { Device, Sent } from "./contract";
import type { Draft, DraftBook } from "./draft";
import { failureText } from "./failure";
import type { TextKey, Texts } from "./i18n";
import { PhotoField } from "./photo_field";

type Typed = "text" | "error_code" | "name" | "phone" | "email";

/** What is wrong with a draft: a text key for each field that cannot be sent as it is. */
export function problemsOf(draft: Pick<Draft, "text" | "email">): Partial<Record<Typed, TextKey>> {
  const problems: Partial<Record<Typed, TextKey>> = {};
  if (draft.text.trim().length < 3) problems.text = "e_text";
  const email = draft.email.trim();
  if (email && !/^[^@\s]+@[^@\s]+$/.test(email)) problems.email = "e_email";
  return problems;
}

export class ReportForm {
  readonly node: HTMLFormElement;
  private readonly draft: Draft;
  private readonly failed = h("p", { class: "failed", role: "alert" });
  private readonly kept = h("p", { class: "hint", role: "status" });
  private readonly submit: HTMLButtonElement;
  private readonly photos: PhotoField;
  private readonly inputs = new Map<Typed, HTMLInputElement | HTMLTextAreaElement>();
  private sending = false;

  constructor(
    private readonly texts: Texts,
    private readonly door: DeviceDoor,
    private readonly book: DraftBook,
    device: Device,
    private readonly sent: (sent: Sent) => void,
  ) {
    this.draft = book.load();
    this.photos = new PhotoField(texts, this.draft.photos, device.max_photos, (photo, name) => door.upload(photo, name), () => this.save());
    this.submit = h("button", { type: "submit", class: "button" }, texts.t("send"));
    this.node = h(
      "form",
      { class: "card", id: "report", novalidate: true, "aria-labelledby": "report-head", onsubmit: (event) => void this.send(event) },
      h("h2", { id: "report-head", tabindex: -1 }, texts.t("report")),
      this.field("text", "what", h("textarea", { rows: 4, maxlength: 4000, required: true }), "what_hint"),
      this.field("error_code", "code", h("input", { maxlength: 40, autocapitalize: "characters", autocomplete: "off", spellcheck: "false", dir: "ltr" })),
      this.photos.node,
      h(
        "fieldset",
        {},
        h("legend", {}, texts.t("reach"), h("small", {}, texts.t("optional"))),
        this.field("name", "name", h("input", { maxlength: 120, autocomplete: "name" })),
        this.field("phone", "phone", h("input", { type: "tel", maxlength: 30, autocomplete: "tel", dir: "ltr" })),
        this.field("email", "email", h("input", { type: "email", maxlength: 254, autocomplete: "email", dir: "ltr" })),
      ),
      h("p", { class: "consent", dir: "auto" }, device.consent || texts.t("consent", { maker: device.maker })),
      this.failed,
      this.submit,
      this.kept,
    );
  }

  private field(name: Typed, label: TextKey, input: HTMLInputElement | HTMLTextAreaElement, hint?: TextKey): HTMLElement {
    input.id = `field-${name}`;
    input.name = name;
    input.value = this.draft[name];
    if (!input.dir) input.dir = "auto";
    input.addEventListener("input", () => {
      this.draft[name] = input.value;
      this.mark(name, undefined);
      this.save();
    });
    this.inputs.set(name, input);
    const described = [...(hint ? [`hint-${name}`] : []), `problem-${name}`].join(" ");
    input.setAttribute("aria-describedby", described);
    const optional = name === "error_code" ? h("small", {}, this.texts.t("optional")) : null;
    return h(
      "div",
      { class: "field" },
      h("label", { for: input.id, class: "label" }, this.texts.t(label), optional),
      hint ? h("p", { class: "hint", id: `hint-${name}` }, this.texts.t(hint)) : null,
      input,
      h("p", { class: "problem", id: `problem-${name}` }),
    );
  }

  private mark(name: Typed, problem: TextKey | undefined): void {
    const input = this.inputs.get(name);
    input?.setAttribute("aria-invalid", String(problem !== undefined));
    const line = this.node.querySelector(`#problem-${name}`);
    if (line) line.textContent = problem ? this.texts.t(problem) : "";
  }

  private save(): void {
    if (this.book.save(this.draft)) this.kept.textContent = this.texts.t("draft_kept");
  }

  private async send(event: Event): Promise<void> {
    event.preventDefault();
    if (this.sending || this.photos.busy) return;
    const problems = problemsOf(this.draft);
    for (const name of this.inputs.keys()) this.mark(name, problems[name]);
    const first = [...this.inputs.keys()].find((name) => problems[name]);
    if (first) {
      this.inputs.get(first)?.focus();
      return;
    }
    this.sending = true;
    this.submit.disabled = true;
    this.submit.textContent = this.texts.t("sending");
    this.failed.textContent = "";
    try {
      const { photos, ...typed } = this.draft;
      const body = { ...typed, lang: this.texts.language, photos: photos.map((photo) => photo.handle) };
      const sent = await this.door.report(body);
      this.book.clear();
      this.book.keep({ ticket: sent.ticket, token: sent.token });
      this.sent(sent);
    } catch (error) {
      this.failed.textContent = failureText(error, this.texts);
      this.submit.disabled = false;
      this.submit.textContent = this.texts.t("send");
    } finally {
      this.sending = false;
    }
  }
}
