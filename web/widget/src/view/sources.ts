/** What an answer rests on: chips that open the passage. */

import type { SourceItem, SourcesPart } from "../contract";
import { h } from "../dom";
import { languageName } from "../i18n";
import { icon } from "../icons";
import { renderMarkdown } from "../markdown/render";
import type { Surface } from "./surface";

export function sourcesView(part: SourcesPart, surface: Surface): HTMLElement | null {
  if (part.items.length === 0) return null;
  const passage = h("div", { class: "passage", hidden: true });
  const chips = part.items.map((item) => sourceChip(item, surface));
  chips.forEach((chip, index) => {
    chip.addEventListener("click", () => {
      const open = chip.getAttribute("aria-expanded") !== "true";
      chips.forEach((other) => other.setAttribute("aria-expanded", String(open && other === chip)));
      passage.hidden = !open;
      const item = part.items[index];
      if (open && item) passage.replaceChildren(...passageContent(item, surface));
    });
  });
  return h(
    "div",
    { class: "sources" },
    h("div", { class: "source-chips", role: "group", "aria-label": surface.i18n.t("sources") }, ...chips),
    passage,
  );
}

function place(item: SourceItem, surface: Surface): string {
  const page = item.page === null ? "" : surface.i18n.t("page", { page: item.page });
  return [item.section, page].filter(Boolean).join(" · ");
}

function foreign(item: SourceItem, surface: Surface): string | null {
  return item.lang && item.lang !== surface.i18n.language ? item.lang : null;
}

function sourceChip(item: SourceItem, surface: Surface): HTMLButtonElement {
  const language = foreign(item, surface);
  return h(
    "button",
    { class: "source-chip", type: "button", "aria-expanded": "false", title: item.title },
    icon("book"),
    h("span", { class: "source-title" }, item.title || item.document),
    language && h("span", { class: "language-mark" }, language.toUpperCase()),
  );
}

function passageContent(item: SourceItem, surface: Surface): HTMLElement[] {
  const { i18n } = surface;
  const language = foreign(item, surface);
  const where = place(item, surface);
  const body = h("div", { class: "prose", lang: item.lang, dir: i18n.direction(item.lang) });
  body.append(renderMarkdown(item.excerpt, surface.origin));
  return [
    h("strong", { class: "passage-title" }, item.title || item.document),
    h(
      "div",
      { class: "passage-place" },
      where,
      language &&
        h("span", { class: "language-mark" }, i18n.t("in_language", { language: languageName(language, i18n.language) })),
    ),
    body,
  ];
}
