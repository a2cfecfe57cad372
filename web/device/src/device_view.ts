/** The page of a device: what it is, its papers and help, and the form that reports a fault. */

import { h } from "../../widget/src/dom";
import type { DeviceDoor } from "./api";
import { articleNode } from "./article";
import type { Article, Device, Paper, Sent } from "./contract";
import type { DraftBook } from "./draft";
import { failureText } from "./failure";
import { familyPicture } from "./family_picture";
import type { Texts } from "./i18n";
import { ReportForm } from "./report_form";

export function followPath(token: string): string {
  return `/d/r/${encodeURIComponent(token)}`;
}

export function deviceView(texts: Texts, door: DeviceDoor, book: DraftBook, device: Device): HTMLElement {
  const main = h("main", {});
  const again = (): void => {
    const form = new ReportForm(texts, door, book, device, (sent) => {
      const told = sentCard(texts, sent, again);
      form.node.replaceWith(told);
      told.querySelector("h2")?.focus();
    });
    const before = main.querySelector("#report, #sent");
    if (before) {
      before.replaceWith(form.node);
      form.node.querySelector("h2")?.focus();
    } else main.append(form.node);
  };
  main.append(deviceCard(texts, device));
  const kept = book.sent();
  if (kept.length > 0) main.append(keptCard(texts, kept));
  again();
  if (device.articles.length > 0) main.append(helpCard(texts, door, device.articles));
  if (device.documents.length > 0) main.append(paperCard(texts, device.documents));
  return main;
}

function deviceCard(texts: Texts, device: Device): HTMLElement {
  return h(
    "section",
    { class: "card device" },
    familyPicture(device.family) as unknown as HTMLElement,
    h(
      "div",
      {},
      h("h1", { dir: "auto" }, device.model),
      device.model_name ? h("p", { class: "kind", dir: "auto" }, device.model_name) : null,
      h("p", { class: "serial" }, h("span", {}, texts.t("serial")), h("bdi", { class: "code" }, device.serial)),
    ),
    h(
      "nav",
      { class: "acts" },
      h("a", { class: "button", href: "#report" }, texts.t("report")),
      device.hotline ? callLink(texts, device.hotline) : null,
    ),
  );
}

export function callLink(texts: Texts, hotline: string): HTMLElement {
  const dialled = hotline.replace(/[^\d+]/g, "");
  return h("a", { class: "button quiet", href: `tel:${dialled}` }, texts.t("call", { number: hotline }));
}

function keptCard(texts: Texts, kept: { ticket: string; token: string }[]): HTMLElement {
  const lines = kept.map((report) =>
    h("li", {}, h("a", { href: followPath(report.token) }, texts.t("ticket", { number: report.ticket }))),
  );
  return h("section", { class: "card" }, h("h2", {}, texts.t("your_reports")), h("ul", { class: "links" }, ...lines));
}

function helpCard(texts: Texts, door: DeviceDoor, articles: Article[]): HTMLElement {
  const lines = articles.map((article) => {
    const place = h("div", { class: "place" });
    const details = h("details", {}, h("summary", { lang: article.lang, dir: "auto" }, article.title), place);
    details.addEventListener("toggle", () => {
      if (details.open && place.childElementCount === 0) void openArticle(texts, door, article.key, place);
    });
    return details;
  });
  return h("section", { class: "card" }, h("h2", {}, texts.t("help")), ...lines);
}

async function openArticle(texts: Texts, door: DeviceDoor, key: string, place: HTMLElement): Promise<void> {
  place.replaceChildren(h("p", { class: "hint", role: "status" }, texts.t("loading")));
  try {
    const article = await door.article(key);
    place.replaceChildren(articleNode(article.body, article.lang));
  } catch (error) {
    const retry = (): void => void openArticle(texts, door, key, place);
    place.replaceChildren(
      h("p", { class: "failed", role: "alert" }, failureText(error, texts)),
      h("button", { type: "button", class: "button quiet", onclick: retry }, texts.t("retry")),
    );
  }
}

function paperCard(texts: Texts, papers: Paper[]): HTMLElement {
  const lines = papers.map((paper) =>
    h("li", {}, h("a", { href: paper.url, lang: paper.lang || null, dir: "auto", target: "_blank", rel: "noopener" }, paper.title)),
  );
  return h("section", { class: "card" }, h("h2", {}, texts.t("papers")), h("ul", { class: "links" }, ...lines));
}

function sentCard(texts: Texts, sent: Sent, again: () => void): HTMLElement {
  const path = followPath(sent.token);
  const address = new URL(path, location.origin).href;
  const copy = h("button", { type: "button", class: "button quiet" }, texts.t("copy"));
  copy.addEventListener("click", () => {
    void navigator.clipboard?.writeText(address).then(() => (copy.textContent = texts.t("copied")));
  });
  return h(
    "section",
    { class: "card sent", id: "sent" },
    h("h2", { tabindex: -1 }, texts.t("sent")),
    h("p", { class: "ticket code" }, texts.t("ticket", { number: sent.ticket })),
    h("p", {}, texts.t("keep_link")),
    h("p", { class: "address code" }, address),
    h("nav", { class: "acts" }, h("a", { class: "button", href: path }, texts.t("follow")), copy),
    h("button", { type: "button", class: "text-button", onclick: again }, texts.t("another")),
  );
}
