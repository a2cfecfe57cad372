import type { Message } from "../api/types";

/** Both lists as one, by sequence number without doubles; the newer copy wins. */
export function mergeMessages(known: Message[], found: Message[]): Message[] {
  if (found.length === 0) return known;
  const bySeq = new Map(known.map((one) => [one.seq, one]));
  for (const one of found) bySeq.set(one.seq, one);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

export interface Day {
  /** Local calendar day, as `YYYY-MM-DD`. */
  day: string;
  messages: Message[];
}

export const localDay = (instant: string): string => {
  const at = new Date(instant);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
};

/** Messages under the days they were written on, in the reader's zone. */
export function byDay(messages: Message[]): Day[] {
  const days: Day[] = [];
  for (const message of messages) {
    const day = localDay(message.created_at);
    const last = days.at(-1);
    if (last?.day === day) last.messages.push(message);
    else days.push({ day, messages: [message] });
  }
  return days;
}
