/** Light Markdown as DOM nodes. Text only ever becomes text nodes; there is no path to HTML. */

import { h } from "../dom";
import { parseBlocks, type Block, type List, type Table } from "./blocks";

const ADDRESS = /https?:\/\/[^\s<>"'`，。；！？、）】」]+/g;
const TRAILING = ".,;:!?)]*";

/** Renders text; only http(s) addresses on `origin` become links. */
export function renderMarkdown(text: string, origin: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(...parseBlocks(text).map((block) => renderBlock(block, origin)));
  return fragment;
}

/** Plain text with its line breaks, for what the customer wrote. */
export function renderPlain(text: string): HTMLElement {
  return h("p", { dir: "auto", class: "plain" }, text);
}

function renderBlock(block: Block, origin: string): HTMLElement {
  if (block.kind === "table") return renderTable(block, origin);
  if (block.kind === "list") return renderList(block, origin);
  const paragraph = h("p", { class: block.heading ? "heading" : null });
  appendLines(paragraph, block.lines, origin);
  return paragraph;
}

function renderList(list: List, origin: string): HTMLElement {
  const node = list.ordered ? h("ol", { start: list.start }) : h("ul");
  for (const item of list.items) {
    const entry = h("li");
    appendLines(entry, item.lines, origin);
    entry.append(...item.children.map((child) => renderList(child, origin)));
    node.append(entry);
  }
  return node;
}

function renderTable(table: Table, origin: string): HTMLElement {
  const cell = (tag: "th" | "td", text: string, column: number): HTMLElement => {
    const align = table.align[column];
    const node = h(tag, { class: align ? `align-${align}` : null });
    if (tag === "th") node.setAttribute("scope", "col");
    appendInline(node, text, origin);
    return node;
  };
  // Focusable, so that a wide table can be scrolled by keyboard.
  return h(
    "div",
    { class: "table", tabindex: 0 },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, ...table.head.map((text, i) => cell("th", text, i)))),
      h(
        "tbody",
        {},
        ...table.rows.map((row) => h("tr", {}, ...row.map((text, i) => cell("td", text, i)))),
      ),
    ),
  );
}

function appendLines(node: HTMLElement, lines: string[], origin: string): void {
  lines.forEach((line, index) => {
    if (index > 0) node.append(h("br"));
    appendInline(node, line, origin);
  });
}

/** Bold by pairs of `**`; a pair without an end stays as typed. */
function appendInline(node: HTMLElement, text: string, origin: string): void {
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf("**", at);
    const close = open < 0 ? -1 : text.indexOf("**", open + 3);
    if (close < 0) break;
    appendLinked(node, text.slice(at, open), origin);
    const inner = text.slice(open + 2, close);
    if (inner.trim() === inner) {
      const strong = h("strong");
      appendLinked(strong, inner, origin);
      node.append(strong);
      at = close + 2;
    } else {
      node.append("**");
      at = open + 2;
    }
  }
  appendLinked(node, text.slice(at), origin);
}

function appendLinked(node: HTMLElement, text: string, origin: string): void {
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTrailing(match[0]);
    if (!isOwn(address, origin)) continue;
    node.append(text.slice(at, match.index));
    node.append(h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, address));
    at = match.index + address.length;
  }
  if (at < text.length) node.append(text.slice(at));
}

/** An address without the punctuation of the sentence around it. */
function withoutTrailing(address: string): string {
  let end = address.length;
  while (end > 0 && TRAILING.includes(address.charAt(end - 1))) end -= 1;
  return address.slice(0, end);
}

function isOwn(address: string, origin: string): boolean {
  try {
    const url = new URL(address);
    return /^https?:$/.test(url.protocol) && url.origin === origin && !url.username && !url.password;
  } catch {
    return false;
  }
}
