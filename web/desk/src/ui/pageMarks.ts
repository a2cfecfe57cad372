/** A line of its own that says on which page of the source what follows stands. */
export const PAGE_MARK = /^[ \t>]*<!--\s*page:\s*(\d{1,6})\s*-->[ \t]*$/;
const COMMENT = /<!--(?!\s*page:\s*\d{1,6}\s*-->)[\s\S]*?-->/g;
const IN_LIST = /^\s*(?:[-*+]|\d{1,4}[.)])\s+|^\s{2,}\S/;
const IN_TABLE = /^\s*\|/;

/**
 * The lines of a text as they are shown: comments are left out, and so is a page mark inside a
 * list or a table, which goes on across the page.
 */
export function shownLines(text: string): string[] {
  const lines = text.replaceAll("\r\n", "\n").replace(COMMENT, "").split("\n");
  return lines.filter((line, at) => {
    if (!PAGE_MARK.test(line)) return true;
    const before = nearest(lines, at, -1);
    const after = nearest(lines, at, 1);
    return ![IN_LIST, IN_TABLE].some((inside) => inside.test(before) && inside.test(after));
  });
}

/** The next line in a direction that is neither blank nor a page mark. */
function nearest(lines: string[], at: number, step: 1 | -1): string {
  for (let index = at + step; index >= 0 && index < lines.length; index += step) {
    const line = lines[index] ?? "";
    if (line.trim() && !PAGE_MARK.test(line)) return line;
  }
  return "";
}

/** Where the text of a page begins in its document, as an offset; 0 when no page is marked. */
export function offsetOfPage(text: string, page: number): number {
  let offset = 0;
  let best = 0;
  for (const line of text.split("\n")) {
    const mark = PAGE_MARK.exec(line);
    if (mark) {
      if (Number(mark[1]) > page) break;
      best = offset;
    }
    offset += line.length + 1;
  }
  return best;
}
