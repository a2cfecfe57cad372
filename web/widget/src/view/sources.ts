/** What an answer rests on: chips that open the passages, one chip for each place. */

import type { SourceItem, SourcesPart } from "../contract";
import { h } from "../dom";
import { languageName } from "../i18n";
import { icon } from "../icons";
import { renderMarkdown } from "../markdown/render";
import type { Surface } from "./surface";

type Place = [SourceItem, ...SourceItem[]];

export function sourcesView(part: SourcesPart, surface: Surface): HTMLElement | null {
  const places = placesOf(part.items);
  if (places.length === 0) return null;
  const passage = h("div", { class: "passage", hidden: true });
  const chips = places.map((place) => sourceChip(place[0], labelOf(place[0], places), surface));
  chips.forEach((chip, index) => {
    chip.addEventListener("click", () => {
      const open = chip.getAttribute("aria-expanded") !== "true";
      chips.forEach((other) => other.setAttribute("aria-expanded", String(open && other === chip)));
      passage.hidden = !open;
      const place = places[index];
      if (open && place) passage.replaceChildren(...passageContent(place, surface));
    });
  });
  return h(
    "div",
    { class: "sources" },
    h("div", { class: "source-chips", role: "group", "aria-label": surface.i18n.t("sources") }, ...chips),
    passage,
  );
}

/** Passages of the same section of the same document stand together. */
function placesOf(items: readonly SourceItem[]): Place[] {
  const places = new Map<string, Place>();
  for (const item of items) {
    const key = JSON.stringify([item.document, item.lang, item.section, item.page]);
    const place = places.get(key);
    if (place) place.push(item);
    else places.set(key, [item]);
  }
  return [...places.values()];
}

/** The title; the heading instead where several places of one document are cited. */
function labelOf(item: SourceItem, places: readonly Place[]): string {
  const several = places.filter(([other]) => other.title === item.title).length > 1;
  const heading = item.section.split(/ [>›/] /).at(-1)?.trim();
  return (several && heading) || item.title || item.document;
}

function foreign(item: SourceItem, surface: Surface): string | null {
  return item.lang && item.lang !== surface.i18n.language ? item.lang : null;
}

function sourceChip(item: SourceItem, label: string, surface: Surface): HTMLButtonElement {
  const language = foreign(item, surface);
  return h(
    "button",
    { class: "source-chip", type: "button", "aria-expanded": "false", title: item.title },
    icon("book"),
    h("span", { class: "source-title" }, label),
    language && h("span", { class: "language-mark" }, language.toUpperCase()),
  );
}

function passageContent(place: Place, surface: Surface): HTMLElement[] {
  const { i18n } = surface;
  const [item] = place;
  const language = foreign(item, surface);
  const page = item.page === null ? "" : i18n.t("page", { page: item.page });
  const where = [item.section, page].filter(Boolean).join(" · ");
  return [
    h("strong", {}, item.title || item.document),
    h(
      "div",
      { class: "passage-place" },
      where,
      language &&
        h("span", { class: "language-mark" }, i18n.t("in_language", { language: languageName(language, i18n.language) })),
    ),
    ...place.map(({ lang, excerpt }) => {
      const body = h("div", { class: "prose", lang, dir: i18n.direction(lang) });
      body.append(renderMarkdown(excerpt, surface.origin));
      return body;
    }),
  ];
}
