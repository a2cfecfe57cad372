/** An article's Markdown as nodes; warnings stand out from the text around them. */

import { h } from "../../widget/src/dom";
import { renderMarkdown } from "../../widget/src/markdown/render";

/** Runs of lines that are quoted, and of those that are not. */
export function runs(body: string): { quoted: boolean; text: string }[] {
  const found: { quoted: boolean; text: string }[] = [];
  for (const line of body.split("\n")) {
    const quoted = /^\s*>/.test(line);
    const last = found.at(-1);
    if (last && last.quoted === quoted) last.text += `\n${line}`;
    else found.push({ quoted, text: line });
  }
  return found.filter((run) => run.text.trim() !== "");
}

/** Pictures are left out: the page shows text alone. */
export function withoutPictures(body: string): string {
  return body.replace(/!\[[^\]\n]*\]\([^)\n]*\)/g, "").replace(/<!--[\s\S]*?-->/g, "");
}

export function articleNode(body: string, lang: string): HTMLElement {
  const node = h("div", { class: "article", lang, dir: "auto" });
  for (const run of runs(withoutPictures(body))) {
    const text = renderMarkdown(run.text, location.origin);
    if (run.quoted) node.append(h("div", { class: "hazard", role: "note" }, text));
    else node.append(text);
  }
  return node;
}
