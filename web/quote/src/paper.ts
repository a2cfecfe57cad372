/** The quote as it was sent: parties, lines, sums. */

import { h } from "../../widget/src/dom";
import type { Party, Quote, QuoteLine } from "./contract";
import type { TextKey, Texts } from "./texts";

function party(label: string, one: Party): HTMLElement {
  const place = [one.city, one.country].filter(Boolean).join(" ");
  const lines = [one.address, place, one.tax_number].filter(Boolean).join("\n").split("\n").filter(Boolean);
  return h("address", {}, label && h("small", {}, label), h("b", { dir: "auto" }, one.name ?? ""), ...lines.map((line) => h("span", { dir: "auto" }, line)));
}

/** Time is told in hours, everything else as it was counted. */
export function quantityText(texts: Texts, line: Pick<QuoteLine, "quantity" | "per" | "unit">): string {
  if (line.per > 1) return `${texts.number(String(Number(line.quantity) / line.per))} ${texts.t("hour")}`;
  const unit = line.unit === "pcs" ? "" : line.unit === "visit" ? texts.t("visit") : line.unit;
  return `${texts.number(line.quantity)} ${unit}`.trim();
}

function row(texts: Texts, line: QuoteLine, currency: string): HTMLElement {
  const notes = [
    line.code,
    ["overtime", "night", "holiday"].includes(line.hours) ? texts.t(line.hours as TextKey) : "",
    line.discount === "0" ? "" : texts.t("off", { percent: texts.number(line.discount) }),
    line.tax_rate === null ? "" : `${texts.number(line.tax_rate)} %`,
  ].filter(Boolean);
  return h(
    "tr",
    {},
    h("td", {}, h("span", { dir: "auto" }, line.text), notes.length > 0 && h("small", {}, notes.join(" · "))),
    h("td", { class: "n", "data-label": texts.t("quantity") }, quantityText(texts, line)),
    h("td", { class: "n", "data-label": texts.t("price") }, texts.money(line.unit_price, currency), line.per > 1 && h("small", {}, texts.t("perHour"))),
    h("td", { class: "n", "data-label": texts.t("net") }, texts.money(line.net, currency)),
  );
}

function words(text: string): HTMLElement | false {
  return text.trim() !== "" && h("p", { class: "words", dir: "auto" }, text);
}

export function paper(texts: Texts, quote: Quote, printed: string): HTMLElement {
  const { document: doc } = quote;
  const heads: TextKey[] = ["what", "quantity", "price", "net"];
  return h(
    "section",
    { class: "card" },
    h("div", { class: "parties" }, party("", doc.seller), party(texts.t("for"), doc.buyer)),
    h("h2", { dir: "auto" }, doc.title),
    h(
      "dl",
      {},
      h("div", {}, h("dt", {}, texts.t("validUntil")), h("dd", {}, texts.day(doc.valid_until))),
      doc.ticket !== "" && h("div", {}, h("dt", {}, texts.t("ticket")), h("dd", {}, doc.ticket)),
    ),
    words(doc.intro),
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, ...heads.map((key, at) => h("th", { class: at > 0 && "n", scope: "col" }, texts.t(key))))),
      h("tbody", {}, ...doc.lines.map((line) => row(texts, line, doc.currency))),
    ),
    h(
      "table",
      { class: "sums" },
      h(
        "tbody",
        {},
        h("tr", {}, h("th", { scope: "row" }, texts.t("netTotal")), h("td", { class: "n" }, texts.money(doc.net, doc.currency))),
        ...doc.taxes.map((tax) =>
          h("tr", {}, h("th", { scope: "row" }, `${tax.name || tax.code} ${texts.number(tax.rate)} %`), h("td", { class: "n" }, texts.money(tax.tax, doc.currency))),
        ),
        h("tr", { class: "total" }, h("th", { scope: "row" }, texts.t("total")), h("td", { class: "n" }, texts.money(doc.gross, doc.currency))),
      ),
    ),
    words(doc.terms),
    h("p", { class: "foot" }, h("a", { href: printed, target: "_blank", rel: "noopener" }, texts.t("print"))),
    h("p", { class: "hint proof" }, `${texts.t("proof")}: `, h("code", {}, quote.digest)),
  );
}
