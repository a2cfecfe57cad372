/** A text field: what it holds and what is selected in it. */
export interface Field {
  text: string;
  start: number;
  end: number;
}

/** Replace `from..to` by `insert`, then select `start..end`. */
export interface Edit {
  from: number;
  to: number;
  insert: string;
  start: number;
  end: number;
}

const HEADING = /^(#{1,6})\s+/;
const NUMBER = /^(\s*)(\d{1,4})([.)])\s+/;
const BULLET = /^(\s*)([-*+])\s+/;
const QUOTE = /^>\s?/;

export const applied = (text: string, edit: Edit): string =>
  text.slice(0, edit.from) + edit.insert + text.slice(edit.to);

/** The whole lines that the selection touches. */
function linesOf({ text, start, end }: Field): { from: number; to: number; lines: string[] } {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const after = text.indexOf("\n", Math.max(start, end));
  const to = after < 0 ? text.length : after;
  return { from, to, lines: text.slice(from, to).split("\n") };
}

function rewritten(field: Field, change: (line: string, index: number) => string): Edit {
  const { from, to, lines } = linesOf(field);
  const insert = lines.map(change).join("\n");
  const end = from + insert.length;
  return { from, to, insert, start: field.start === field.end ? end : from, end };
}

/** A heading of the second level, then the third, then plain text again. */
export function heading(field: Field): Edit {
  return rewritten(field, (line) => {
    const level = HEADING.exec(line)?.[1]?.length ?? 0;
    const bare = line.replace(HEADING, "");
    return level === 2 ? `### ${bare}` : level > 2 ? bare : `## ${bare}`;
  });
}

/** The lines as numbered steps; numbered ones become plain again. */
export function steps(field: Field): Edit {
  const { lines } = linesOf(field);
  const written = lines.filter((line) => line.trim());
  const undo = written.length > 0 && written.every((line) => NUMBER.test(line));
  let number = 0;
  return rewritten(field, (line) => {
    if (undo) return line.replace(NUMBER, "$1");
    if (!line.trim() && lines.length > 1) return line;
    return `${++number}. ${line.replace(BULLET, "")}`;
  });
}

export function bullets(field: Field): Edit {
  const { lines } = linesOf(field);
  const written = lines.filter((line) => line.trim());
  const undo = written.length > 0 && written.every((line) => BULLET.test(line));
  return rewritten(field, (line) => {
    if (undo) return line.replace(BULLET, "$1");
    if (!line.trim() && lines.length > 1) return line;
    return `- ${line.replace(NUMBER, "")}`;
  });
}

/** The lines as a note that warns; `lead` is the signal word of the article's language. */
export function hazard(field: Field, lead: string): Edit {
  const edit = rewritten(field, (line, index) => {
    const bare = line.replace(QUOTE, "");
    return `> ${index === 0 ? lead : ""}${bare}`;
  });
  return { ...edit, start: edit.end };
}

export function bold({ text, start, end }: Field): Edit {
  const chosen = text.slice(start, end);
  return {
    from: start,
    to: end,
    insert: `**${chosen}**`,
    start: start + 2,
    end: start + 2 + chosen.length,
  };
}

/** The line breaks that a blank line beside a text still needs. */
const missing = (beside: string, two: boolean, one: boolean): string =>
  beside === "" || two ? "" : one ? "\n" : "\n\n";

/** A block of its own at the cursor, with blank lines around it as far as they are missing. */
function block({ text, end }: Field, written: string, select: string): Edit {
  const before = text.slice(0, end);
  const after = text.slice(end);
  const lead = missing(before, before.endsWith("\n\n"), before.endsWith("\n"));
  const tail = missing(after, after.startsWith("\n\n"), after.startsWith("\n"));
  const at = end + lead.length + Math.max(0, written.indexOf(select));
  return {
    from: end,
    to: end,
    insert: lead + written + tail,
    start: at,
    end: at + (written.includes(select) ? select.length : 0),
  };
}

/** An empty table; `head` are the names of its columns. */
export function table(field: Field, head: string[]): Edit {
  const row = (cells: string[]) => `| ${cells.join(" | ")} |`;
  const empty = row(head.map(() => " "));
  const rule = `|${head.map(() => "---|").join("")}`;
  return block(field, [row(head), rule, empty, empty].join("\n"), head[0] ?? "");
}

export const figure = (field: Field, name: string, caption: string): Edit =>
  block(field, `![${caption}](figure:${name})`, caption);

/**
 * What Enter does inside a list or a note: the next item begins; on an empty item the list ends.
 * Null: an ordinary line break.
 */
export function lineBreak({ text, start, end }: Field): Edit | null {
  if (start !== end) return null;
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const line = text.slice(from, start);
  const found = NUMBER.exec(line) ?? BULLET.exec(line) ?? /^()(>)\s?/.exec(line);
  if (!found) return null;
  const [mark, indent = "", sign = "", dot = ""] = found;
  if (line.trim() === mark.trim()) {
    return { from, to: start, insert: "", start: from, end: from };
  }
  const next = /\d/.test(sign) ? `${Number(sign) + 1}${dot}` : sign;
  const insert = `\n${indent}${next} `;
  const at = start + insert.length;
  return { from: start, to: start, insert, start: at, end: at };
}
