export const UNITS = { minute: 1, hour: 60, day: 1440 } as const;
export type Unit = keyof typeof UNITS;

/** Minutes as a number of the largest unit that leaves nothing out. */
export function split(minutes: number): { count: number; unit: Unit } {
  if (minutes > 0 && minutes % UNITS.day === 0) return { count: minutes / UNITS.day, unit: "day" };
  if (minutes > 0 && minutes % UNITS.hour === 0) return { count: minutes / UNITS.hour, unit: "hour" };
  return { count: minutes, unit: "minute" };
}

export const joined = (count: number, unit: Unit): number => Math.round(count * UNITS[unit]);
