/** How a report stands, for whoever holds its link. */

import { h } from "../../widget/src/dom";
import { uuid } from "../../widget/src/uuid";
import type { ReportDoor } from "./api";
import { STEPS, type Note, type Report, type Step, type StoredPhoto } from "./contract";
import { consentSection } from "./consent_view";
import { callLink } from "./device_view";
import { failureText } from "./failure";
import type { TextKey, Texts } from "./i18n";
import { PhotoField } from "./photo_field";

export type Standing = "done" | "now" | "later";

/** The steps of this report's line: one that was fixed from afar had no engineer on the way. */
export function stepsOf(present: Step, visited: boolean): Step[] {
  const ended = present === "fixed" || present === "closed";
  return STEPS.filter((step) => step !== "on_the_way" || visited || !ended);
}

/** Where each step of the line stands. */
export function standings(steps: readonly Step[], present: Step): Standing[] {
  const at = steps.indexOf(present);
  return steps.map((step, index) => (index < at || (step === "closed" && index === at) ? "done" : index === at ? "now" : "later"));
}

export class FollowView {
  readonly node = h("main", {});
  private said: TextKey | null = null;
  private readonly consents: HTMLElement;

  constructor(
    private readonly texts: Texts,
    private readonly door: ReportDoor,
    private report: Report,
  ) {
    this.consents = consentSection(texts, door);
    this.draw();
  }

  private show(report: Report, said: TextKey | null = null): void {
    this.report = report;
    this.said = said;
    this.draw();
    this.node.querySelector<HTMLElement>(said ? ".said" : "h1")?.focus();
  }

  private draw(): void {
    const { texts, report } = this;
    this.node.replaceChildren(
      h(
        "section",
        { class: "card" },
        h("h1", { tabindex: -1, class: "code" }, texts.t("ticket", { number: report.ticket })),
        h("p", { class: "serial" }, h("span", { dir: "auto" }, report.model), h("bdi", { class: "code" }, report.serial)),
        report.cancelled ? h("p", { class: "notice" }, texts.t("cancelled")) : this.line(),
        report.waiting_for_you ? h("p", { class: "notice" }, texts.t("waiting")) : null,
        this.said ? h("p", { class: "notice said", tabindex: -1, role: "status" }, texts.t(this.said)) : null,
        report.confirmed && !this.said ? h("p", { class: "notice" }, texts.t("confirmed")) : null,
        report.may_judge ? this.judging() : null,
        report.hotline ? h("nav", { class: "acts" }, callLink(texts, report.hotline)) : null,
      ),
      h(
        "section",
        { class: "card" },
        h("h2", {}, texts.t("notes")),
        h("p", { class: "hint" }, texts.t("reported", { when: texts.moment(report.reported_at) })),
        h("p", { class: "told", dir: "auto" }, report.text),
        report.photos > 0 ? h("p", { class: "hint" }, texts.t("photo_count", { n: report.photos })) : null,
        report.notes.length > 0
          ? h("ul", { class: "notes" }, ...report.notes.map((note) => this.note(note)))
          : h("p", { class: "hint" }, texts.t("no_notes")),
      ),
      this.adding(),
      this.consents,
    );
  }

  private line(): HTMLElement {
    const line = stepsOf(this.report.step, this.report.visited);
    const stand = standings(line, this.report.step);
    const steps = line.map((step, index) =>
      h(
        "li",
        { class: stand[index] ?? "later", "aria-current": stand[index] === "now" ? "step" : null },
        this.texts.t(`step_${step}`),
      ),
    );
    return h("ol", { class: "line", "aria-label": this.texts.t("progress") }, ...steps);
  }

  private note(note: Note): HTMLElement {
    const who = note.mine ? this.texts.t("you") : this.report.maker;
    return h(
      "li",
      { class: note.mine ? "mine" : null },
      h("p", { class: "hint" }, h("b", {}, who), " ", this.texts.moment(note.at)),
      h("p", { class: "told", dir: "auto" }, note.text),
    );
  }

  private judging(): HTMLElement {
    const failed = h("p", { class: "failed", role: "alert" });
    const say = (works: boolean) => async (): Promise<void> => {
      for (const button of buttons) button.disabled = true;
      try {
        this.show(await this.door.judge(works), works ? "confirmed" : "still_broken");
      } catch (error) {
        failed.textContent = failureText(error, this.texts);
        for (const button of buttons) button.disabled = false;
      }
    };
    const buttons = [
      h("button", { type: "button", class: "button", onclick: () => void say(true)() }, this.texts.t("works")),
      h("button", { type: "button", class: "button quiet", onclick: () => void say(false)() }, this.texts.t("broken")),
    ];
    return h("div", { class: "judging", role: "group", "aria-labelledby": "works-q" }, h("p", { id: "works-q" }, this.texts.t("works_q")), h("div", { class: "acts" }, ...buttons), failed);
  }

  private adding(): HTMLElement {
    const photos: StoredPhoto[] = [];
    const failed = h("p", { class: "failed", role: "alert" });
    const text = h("textarea", { id: "more", rows: 3, maxlength: 4000, dir: "auto" });
    const submit = h("button", { type: "submit", class: "button" }, this.texts.t("add_send"));
    const field = new PhotoField(this.texts, photos, this.report.max_photos, (photo, name) => this.door.upload(photo, name), () => undefined);
    // One id for this addition, so that a second tap or a repeat after a lost answer adds nothing.
    const client_id = uuid();
    const send = async (event: Event): Promise<void> => {
      event.preventDefault();
      if (submit.disabled || field.busy || (!text.value.trim() && photos.length === 0)) return;
      submit.disabled = true;
      failed.textContent = "";
      try {
        this.show(await this.door.add({ client_id, text: text.value, photos: photos.map((photo) => photo.handle) }));
      } catch (error) {
        failed.textContent = failureText(error, this.texts);
        submit.disabled = false;
      }
    };
    return h(
      "form",
      { class: "card", novalidate: true, onsubmit: (event) => void send(event) },
      h("label", { for: "more", class: "label" }, this.texts.t("add")),
      text,
      field.node,
      failed,
      submit,
    );
  }
}
