import { describe, expect, it } from "vitest";
import { parseBlocks, splitRow } from "../src/markdown/blocks";
import { renderMarkdown } from "../src/markdown/render";

const ORIGIN = "https://care.example";

function html(text: string): string {
  const box = document.createElement("div");
  box.append(renderMarkdown(text, ORIGIN));
  return box.innerHTML;
}

describe("what light Markdown shows", () => {
  it("makes paragraphs, line breaks and bold", () => {
    expect(html("One **bold** word\nnext line\n\nTwo")).toBe(
      "<p>One <strong>bold</strong> word<br>next line</p><p>Two</p>",
    );
  });

  it("makes lists, nested ones and ones with blank lines between", () => {
    expect(html("1. a\n   - x\n   - y\n\n2. b")).toBe(
      '<ol start="1"><li>a<ul><li>x</li><li>y</li></ul></li><li>b</li></ol>',
    );
    expect(html("Check:\n- a\n- b")).toBe("<p>Check:</p><ul><li>a</li><li>b</li></ul>");
  });

  it("keeps the number a list starts with, and takes a year for a word", () => {
    expect(html("3. c\n4. d")).toContain('<ol start="3">');
    expect(html("Made in\n2026. It works.")).toBe("<p>Made in<br>2026. It works.</p>");
  });

  it("makes a table that scrolls by itself, with short and long rows", () => {
    const shown = html("Limits:\n| A | B |\n|:--|--:|\n| 1 | **2** | 3 |\n| 4 |\nafter");
    expect(shown).toContain('<div class="table" tabindex="0"><table>');
    expect(shown).toContain('<td class="align-end"><strong>2</strong></td></tr>');
    expect(shown).toContain('<td class="align-start">4</td><td class="align-end"></td>');
    expect(shown).toContain("<p>after</p>");
  });

  it("reads a pipe in a cell", () => {
    expect(splitRow("| a \\| b | c |")).toEqual(["a | b", "c"]);
  });

  it("leaves unpaired and spaced asterisks as typed", () => {
    expect(html("2 ** 3 ** 4 and **open")).toBe("<p>2 ** 3 ** 4 and **open</p>");
  });

  it("loses no text in whatever it is given", () => {
    const text = "1. a\n- b\n   1. c\n|x|\n> quoted\n## head\n\n   deep\n- - -";
    const shown = html(text).replace(/<[^>]+>/g, " ");
    for (const word of ["a", "b", "c", "|x|", "quoted", "head", "deep"]) expect(shown).toContain(word);
  });
});

describe("hostile text", () => {
  const attacks = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "**<svg onload=alert(1)>**",
    "| <iframe src=javascript:alert(1)> | b |\n|--|--|\n| <b>x</b> | </td></table><script> |",
    "- <a href=javascript:alert(1)>x</a>",
    "[click](javascript:alert(1)) ![x](https://evil.example/p.png)",
    "&lt;img src=x onerror=alert(1)&gt; \u0000 \u202e",
  ];

  it.each(attacks)("stays text: %s", (attack) => {
    const box = document.createElement("div");
    box.append(renderMarkdown(attack, ORIGIN));
    expect(box.querySelector("img, script, svg, iframe, a, [onerror], [onload]")).toBeNull();
    expect(box.textContent).toContain(attack.includes("alert") ? "alert(1)" : "x");
  });

  it("links only to http(s) of our own origin", () => {
    const box = document.createElement("div");
    box.append(
      renderMarkdown(
        `See https://care.example/kb/1, https://evil.example/ https://care.example.evil.example/ ` +
          `https://care.example@evil.example/ https://u:p@care.example/ http://care.example/ ` +
          `javascript:alert(1) //care.example/x data:text/html,x`,
        ORIGIN,
      ),
    );
    expect([...box.querySelectorAll("a")].map((a) => a.href)).toEqual(["https://care.example/kb/1"]);
    expect(box.querySelector("a")?.rel).toBe("noopener noreferrer");
  });

  it("stays within a bounded depth", () => {
    const deep = Array.from({ length: 500 }, (_, n) => `${" ".repeat(n * 2)}- x`).join("\n");
    const box = document.createElement("div");
    box.append(renderMarkdown(deep, ORIGIN));
    let depth = 0;
    for (let at = box.querySelector("ul"); at; at = at.querySelector("ul")) depth += 1;
    expect(depth).toBeLessThanOrEqual(4);
    expect(box.querySelectorAll("li")).toHaveLength(500);
  });

  it.each(["**", "|", "- ", "https://x.", "> ", "1. ", "`*_~", " \t"])(
    "reads twenty thousand of %j without choking",
    (bit) => {
      const text = bit.repeat(20_000);
      expect(parseBlocks(text).length).toBeLessThan(10);
      const box = document.createElement("div");
      box.append(renderMarkdown(`${text}\n|-|`, ORIGIN));
      expect(box.querySelector("a")).toBeNull();
    },
  );
});
