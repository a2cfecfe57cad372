const HEADING = /^#{1,6}\s+\S/;
const FENCE = /^\s*```/;

export interface TextSection {
  /** Empty for what stands before the first heading. */
  heading: string;
  level: number;
  text: string;
  from: number;
}

/** A text cut at its headings; the parts joined by line breaks are the text again. */
export function sectionsOf(text: string): TextSection[] {
  const out: TextSection[] = [];
  let own: string[] = [];
  let from = 0;
  let at = 0;
  let fenced = false;
  const close = () => {
    const [first = ""] = own;
    const level = HEADING.test(first) ? first.indexOf(" ") : 0;
    if (own.length > 0) {
      const heading = level ? first.slice(level).trim() : "";
      out.push({ heading, level, text: own.join("\n"), from });
    }
  };
  for (const line of text.split("\n")) {
    if (FENCE.test(line)) fenced = !fenced;
    if (!fenced && HEADING.test(line) && at > 0) {
      close();
      own = [];
      from = at;
    }
    own.push(line);
    at += line.length + 1;
  }
  close();
  return out;
}

/** The section that holds an offset of the text. */
export const sectionAt = (text: string, offset: number): TextSection | undefined =>
  sectionsOf(text).findLast((one) => one.from <= offset);
