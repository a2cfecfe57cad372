import type { SavedReply } from "../api/types";

/** The shortcut being typed: a slash as the first character and nothing but a word after it. */
export function shortcutIn(text: string): string | null {
  const match = /^\/([\p{L}\p{N}_-]*)$/u.exec(text);
  return match ? (match[1] ?? "") : null;
}

/**
 * Saved replies that fit what is typed, best first: the shortcut begins with it, then it stands
 * in the title or text; those in the customer's language before others.
 */
export function fitting(replies: SavedReply[], typed: string, language: string): SavedReply[] {
  const wanted = typed.trim().toLowerCase();
  const score = (reply: SavedReply): number => {
    if (reply.shortcut.toLowerCase().startsWith(wanted)) return 0;
    return `${reply.title} ${reply.text}`.toLowerCase().includes(wanted) ? 2 : -1;
  };
  return replies
    .map((reply) => ({ reply, base: score(reply) }))
    .filter(({ base }) => base >= 0)
    .map(({ reply, base }) => ({ reply, rank: base + (reply.language === language ? 0 : 1) }))
    .sort((a, b) => a.rank - b.rank || a.reply.shortcut.localeCompare(b.reply.shortcut))
    .map(({ reply }) => reply);
}
