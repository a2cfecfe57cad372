/** Minutes that a bar snaps to when it is moved. */
export const SNAP = 15;
const MINUTE = 60_000;

/** Where instants lie on a board: its span in milliseconds and its width in pixels. */
export interface Scale {
  from: number;
  until: number;
  width: number;
}

export const spanOf = (day: Date, days: number): { from: string; until: string } => {
  const at = (plus: number) =>
    new Date(day.getFullYear(), day.getMonth(), day.getDate() + plus).toISOString();
  return { from: at(0), until: at(days) };
};

/** Left edge of an instant, in pixels; outside of the span it lies outside of the width. */
export const xOf = (scale: Scale, at: string | number): number =>
  ((new Date(at).getTime() - scale.from) / (scale.until - scale.from)) * scale.width;

/** The instant at a place of the board, on a quarter of an hour. */
export function instantAt(scale: Scale, x: number): number {
  const raw = scale.from + (x / scale.width) * (scale.until - scale.from);
  return snapped(raw);
}

export const snapped = (at: number): number => Math.round(at / (SNAP * MINUTE)) * SNAP * MINUTE;

/** A piece of the span as left edge and width, cut at its ends; null where none of it is seen. */
export function piece(
  scale: Scale,
  from: string | number,
  until: string | number,
): { left: number; width: number } | null {
  const left = Math.max(0, xOf(scale, from));
  const right = Math.min(scale.width, xOf(scale, until));
  return right > left ? { left, width: right - left } : null;
}

/** Marks of the head: hours of a day, days of a week. */
export function marksOf(scale: Scale): { at: number; day: boolean }[] {
  const hours = (scale.until - scale.from) / (60 * MINUTE);
  const step = hours <= 30 ? 2 : hours <= 80 ? 6 : 24;
  const found: { at: number; day: boolean }[] = [];
  const first = new Date(scale.from);
  first.setMinutes(0, 0, 0);
  for (let at = first.getTime(); at < scale.until; at += 60 * MINUTE) {
    const hour = new Date(at).getHours();
    if (hour % step === 0) found.push({ at, day: hour === 0 });
  }
  return found;
}

export interface Laid<T> {
  one: T;
  lane: number;
}

/** Bars that overlap get lanes of their own, the earliest in the first one that is free. */
export function lanesOf<T extends { start: string; end: string }>(bars: T[]): Laid<T>[] {
  const ends: number[] = [];
  return [...bars]
    .sort((a, b) => a.start.localeCompare(b.start) || a.end.localeCompare(b.end))
    .map((one) => {
      const start = new Date(one.start).getTime();
      const free = ends.findIndex((end) => end <= start);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = new Date(one.end).getTime();
      return { one, lane };
    });
}
