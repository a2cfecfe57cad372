/** Light Markdown to blocks: paragraphs, lists, GFM tables. Linear in the length of the text. */

export interface Paragraph {
  kind: "paragraph";
  lines: string[];
  heading: boolean;
}

export interface ListItem {
  lines: string[];
  children: List[];
}

export interface List {
  kind: "list";
  ordered: boolean;
  start: number;
  items: ListItem[];
}

export type Align = "start" | "center" | "end" | null;

export interface Table {
  kind: "table";
  align: Align[];
  head: string[];
  rows: string[][];
}

export type Block = Paragraph | List | Table;

const MARKER = /^([ \t]*)(?:([-*+•])|(\d{1,9})[.)])[ \t]+(.*)$/;
const HEADING = /^#{1,6}[ \t]+/;
const QUOTE = /^[ \t]*>[ \t]?/;
const DEEPEST = 4;

/** Cells of a pipe row, trimmed; `\|` is a pipe inside a cell. */
export function splitRow(line: string): string[] {
  const cells: string[] = [];
  let cell = "";
  const text = line.trim();
  const end = text.endsWith("|") && !text.endsWith("\\|") ? text.length - 1 : text.length;
  for (let i = text.startsWith("|") ? 1 : 0; i < end; i += 1) {
    if (text[i] === "\\" && text[i + 1] === "|") {
      cell += "|";
      i += 1;
    } else if (text[i] === "|") {
      cells.push(cell.trim());
      cell = "";
    } else {
      cell += text[i];
    }
  }
  cells.push(cell.trim());
  return cells;
}

function alignments(line: string | undefined, columns: number): Align[] | null {
  if (line === undefined || !line.includes("-")) return null;
  const cells = splitRow(line);
  if (cells.length !== columns || !cells.every((c) => /^:?-+:?$/.test(c))) return null;
  return cells.map((c) => {
    const left = c.startsWith(":");
    const right = c.endsWith(":");
    return left && right ? "center" : right ? "end" : left ? "start" : null;
  });
}

/** Reads text into blocks. What it does not know stays as the text it is. */
export function parseBlocks(text: string): Block[] {
  return new Reader(text.replace(/\r\n?/g, "\n").split("\n")).read();
}

class Reader {
  private blocks: Block[] = [];
  private paragraph: Paragraph | null = null;
  private at = 0;

  constructor(private readonly lines: string[]) {}

  read(): Block[] {
    while (this.at < this.lines.length) {
      const line = this.lines[this.at] ?? "";
      if (line.trim() === "") {
        this.paragraph = null;
        this.at += 1;
      } else if (!this.table(line) && !this.list(line)) {
        this.text(line);
      }
    }
    return this.blocks;
  }

  private text(line: string): void {
    const heading = HEADING.test(line);
    const content = line.replace(HEADING, "").replace(QUOTE, "").trim();
    if (heading || !this.paragraph) {
      this.paragraph = { kind: "paragraph", lines: [], heading };
      this.blocks.push(this.paragraph);
    }
    this.paragraph.lines.push(content);
    if (heading) this.paragraph = null;
    this.at += 1;
  }

  private tableStarts(line: string): boolean {
    return line.includes("|") && alignments(this.lines[this.at + 1], splitRow(line).length) !== null;
  }

  private table(line: string): boolean {
    if (!line.includes("|")) return false;
    const head = splitRow(line);
    const align = alignments(this.lines[this.at + 1], head.length);
    if (!align) return false;
    const rows: string[][] = [];
    this.at += 2;
    for (; this.at < this.lines.length; this.at += 1) {
      const row = this.lines[this.at] ?? "";
      if (!row.includes("|")) break;
      const cells = splitRow(row);
      rows.push(head.map((_, column) => cells[column] ?? ""));
    }
    this.blocks.push({ kind: "table", align, head, rows });
    this.paragraph = null;
    return true;
  }

  private list(line: string): boolean {
    const first = MARKER.exec(line);
    // Within a paragraph only "1." opens a numbered list: "2026. A year" is a sentence.
    if (!first || (this.paragraph && first[3] !== undefined && first[3] !== "1")) return false;
    const top: List[] = [];
    const open: { list: List; indent: number }[] = [];
    for (; this.at < this.lines.length; this.at += 1) {
      const current = this.lines[this.at] ?? "";
      const match = MARKER.exec(current);
      if (match) this.addItem(match, top, open);
      else if (this.tableStarts(current)) break;
      else if (current.trim() === "") {
        if (!this.listGoesOn()) break;
      } else if (/^[ \t]{2,}/.test(current) || this.lines[this.at - 1]?.trim() !== "") {
        open.at(-1)?.list.items.at(-1)?.lines.push(current.replace(QUOTE, "").trim());
      } else break;
    }
    this.blocks.push(...top);
    this.paragraph = null;
    return true;
  }

  /** After a blank line the list goes on with a marker or an indented line. */
  private listGoesOn(): boolean {
    const next = this.lines[this.at + 1];
    return next !== undefined && (MARKER.test(next) || /^[ \t]{2,}\S/.test(next));
  }

  private addItem(match: RegExpExecArray, top: List[], open: { list: List; indent: number }[]): void {
    const indent = (match[1] ?? "").replace(/\t/g, "    ").length;
    const ordered = match[3] !== undefined;
    while (open.length > 0 && indent < (open.at(-1)?.indent ?? 0)) open.pop();
    let level = open.at(-1);
    const deeper = level !== undefined && indent >= level.indent + 2 && open.length < DEEPEST;
    if (!level || deeper || level.list.ordered !== ordered) {
      const list: List = { kind: "list", ordered, start: Number(match[3] ?? 1), items: [] };
      if (level && !deeper) open.pop();
      const parent = open.at(-1)?.list.items.at(-1);
      (parent ? parent.children : top).push(list);
      level = { list, indent };
      open.push(level);
    }
    level.list.items.push({ lines: [match[4] ?? ""], children: [] });
  }
}
