export type DueState = "running" | "warning" | "breached" | "paused" | "met";

/** A promise with its time, as far as a tag must know it. */
export interface Due {
  kind: string;
  due_at: string | null;
  state: string;
}

/**
 * The state at an instant: a clock that the server last saw running has broken its promise once
 * its time is past, even before the next answer of the server says so.
 */
export function dueState(due: Due, now: number): DueState {
  const told = due.state as DueState;
  if (told !== "running" && told !== "warning") return told;
  return due.due_at && new Date(due.due_at).getTime() < now ? "breached" : told;
}

/** Milliseconds to the time of the promise; negative once it is past. */
export const timeLeft = (due: Due, now: number): number | null =>
  due.due_at ? new Date(due.due_at).getTime() - now : null;
