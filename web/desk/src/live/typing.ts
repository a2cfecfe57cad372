import { useSyncExternalStore } from "react";

const SHOWN_MS = 6_000;
const until = new Map<string, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

/** The customer of a conversation is typing; forgotten after a few seconds. */
export function typed(id: string): void {
  clearTimeout(until.get(id));
  until.set(
    id,
    setTimeout(() => stoppedTyping(id), SHOWN_MS),
  );
  tell();
}

/** A message has arrived, so the typing is over. */
export function stoppedTyping(id: string): void {
  clearTimeout(until.get(id));
  if (until.delete(id)) tell();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useTyping = (id: string): boolean =>
  useSyncExternalStore(subscribe, () => until.has(id));
