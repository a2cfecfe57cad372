/** A clock that runs: what for, and since when, milliseconds since 1970. */
export interface Running {
  kind: string;
  since: number;
}

/** Whole minutes, begun ones counted, at least one and at most a day. */
export function wholeMinutes(since: number, until: number): number {
  return Math.min(1440, Math.max(1, Math.ceil((until - since) / 60_000)));
}

/** "1:02:09" */
export function clockText(since: number, now: number): string {
  const seconds = Math.max(0, Math.floor((now - since) / 1000));
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
