import type { Notice } from "../api/notices";
import type { Key, Translator } from "../i18n/catalogue";

const CODED: Record<string, string> = {
  clock: "dueKind", priority: "priority", state: "ticketState", type: "type",
};

/** The notice in the reader's language; in English, as it came, where the catalogue lacks it. */
export function noticeText(notice: Pick<Notice, "key" | "args" | "text">, t: Translator): string {
  const code = notice.key.replaceAll(".", "_");
  const params = Object.fromEntries(
    Object.entries(notice.args).flatMap(([name, value]) => {
      if (typeof value !== "string" && typeof value !== "number") return [];
      const group = CODED[name];
      return [[name, group ? t.label(group, String(value)) : value]];
    }),
  ) as Record<string, string | number>;
  const text = t(`note.${code}` as Key, params);
  return text === `note.${code}` || /\{\w+\}/.test(text) ? notice.text : text;
}
