import { PAGE_MARK, shownLines } from "./pageMarks";

export interface ListItem {
  text: string;
  children: Block[];
}

export type Block =
  | { kind: "heading"; level: number; text: string }
  | { kind: "paragraph"; text: string }
  | { kind: "quote"; children: Block[] }
  | { kind: "code"; text: string }
  | { kind: "rule" }
  | { kind: "page"; page: number }
  | { kind: "list"; ordered: boolean; start: number; items: ListItem[] }
  | { kind: "table"; head: string[]; rows: string[][] };

const HEADING = /^(#{1,6})\s+(.*)$/;
const ITEM = /^(\s*)([-*+]|\d{1,4}[.)])\s+(.*)$/;
const FENCE = /^\s*```/;
const RULE = /^\s*(?:-{3,}|\*{3,})\s*$/;
const DELIMITER = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/** The blocks of a Markdown text: headings, paragraphs, lists, tables, quotes, code, rules, pages. */
export function parseBlocks(text: string): Block[] {
  return new Reader(shownLines(text)).blocks();
}

const cells = (line: string): string[] =>
  line
    .trim()
    .replace(/^\|/, "")
    .replace(/(?<!\\)\|$/, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));

const indentOf = (line: string): number => line.length - line.trimStart().length;

class Reader {
  private at = 0;

  constructor(private readonly lines: string[]) {}

  blocks(): Block[] {
    const out: Block[] = [];
    while (this.at < this.lines.length) {
      if (this.line().trim() === "") this.at++;
      else out.push(this.block());
    }
    return out;
  }

  private line(offset = 0): string {
    return this.lines[this.at + offset] ?? "";
  }

  private block(): Block {
    const line = this.line();
    const heading = HEADING.exec(line);
    if (heading) {
      this.at++;
      return { kind: "heading", level: heading[1]?.length ?? 1, text: heading[2] ?? "" };
    }
    if (FENCE.test(line)) return this.code();
    const mark = PAGE_MARK.exec(line);
    if (mark) {
      this.at++;
      return { kind: "page", page: Number(mark[1]) };
    }
    if (RULE.test(line)) {
      this.at++;
      return { kind: "rule" };
    }
    if (line.trimStart().startsWith(">")) return this.quote();
    if (ITEM.test(line)) return this.list();
    if (line.includes("|") && DELIMITER.test(this.line(1)) && this.line(1).includes("-")) {
      return this.table();
    }
    return this.paragraph();
  }

  private code(): Block {
    this.at++;
    const body: string[] = [];
    while (this.at < this.lines.length && !FENCE.test(this.line())) {
      body.push(this.line());
      this.at++;
    }
    this.at++;
    return { kind: "code", text: body.join("\n") };
  }

  private quote(): Block {
    const body: string[] = [];
    while (this.line().trimStart().startsWith(">")) {
      body.push(this.line().replace(/^\s*>\s?/, ""));
      this.at++;
    }
    return { kind: "quote", children: parseBlocks(body.join("\n")) };
  }

  private table(): Block {
    const head = cells(this.line());
    this.at += 2;
    const rows: string[][] = [];
    while (this.line().includes("|")) {
      const row = cells(this.line());
      rows.push(head.map((_, index) => row[index] ?? ""));
      this.at++;
    }
    return { kind: "table", head, rows };
  }

  private paragraph(): Block {
    const body: string[] = [this.line().trim()];
    this.at++;
    while (this.line().trim() !== "" && !this.interrupts()) {
      body.push(this.line().trim());
      this.at++;
    }
    return { kind: "paragraph", text: body.join("\n") };
  }

  private interrupts(): boolean {
    const line = this.line();
    return [HEADING, ITEM, FENCE, PAGE_MARK, /^\s*>/].some((begins) => begins.test(line));
  }

  private list(): Block {
    const first = ITEM.exec(this.line());
    const indent = first?.[1]?.length ?? 0;
    const ordered = /\d/.test(first?.[2] ?? "");
    const items: ListItem[] = [];
    while (this.at < this.lines.length) {
      const match = ITEM.exec(this.line());
      if (!match || (match[1]?.length ?? 0) !== indent || /\d/.test(match[2] ?? "") !== ordered) break;
      this.at++;
      items.push({ text: match[3] ?? "", children: parseBlocks(this.inner(indent).join("\n")) });
    }
    return { kind: "list", ordered, start: Number.parseInt(first?.[2] ?? "1", 10) || 1, items };
  }

  /** The lines that belong to the item just read: those indented deeper, and blanks between. */
  private inner(indent: number): string[] {
    const own: string[] = [];
    while (this.at < this.lines.length) {
      const blank = this.line().trim() === "";
      const deeper = indentOf(this.line()) > indent;
      const next = this.lines.slice(this.at).find((line) => line.trim() !== "");
      if (!deeper && !(blank && next !== undefined && belongs(next, indent))) break;
      own.push(this.line());
      this.at++;
    }
    const least = Math.min(...own.filter((line) => line.trim()).map(indentOf), 1000);
    return own.map((line) => line.slice(Math.min(least, indentOf(line))));
  }
}

/** Whether the first line after a blank goes on with the list: deeper, or its next item. */
const belongs = (line: string, indent: number): boolean =>
  indentOf(line) > indent || (indentOf(line) === indent && ITEM.test(line));
