/** Minutes that a zone is ahead of UTC at an instant. */
function offsetMinutes(at: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit",
    hour: "2-digit", minute: "2-digit", second: "2-digit",
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const local = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return Math.round((local - Math.floor(at.getTime() / 1000) * 1000) / 60_000);
}

/**
 * The instant of a wall clock ("2026-11-22T09:00") in a zone, in UTC. A time that the change to
 * summer time leaves out becomes the one after it; of one that comes twice, the first counts.
 */
export function fromZone(local: string, zone: string): string {
  const naive = new Date(`${local.slice(0, 16)}:00Z`);
  const guess = new Date(naive.getTime() - offsetMinutes(naive, zone) * 60_000);
  const earlier = new Date(naive.getTime() - offsetMinutes(new Date(guess.getTime() - 3 * 3_600_000), zone) * 60_000);
  const right = toZone(earlier.toISOString(), zone) === local.slice(0, 16) ? earlier : guess;
  const again = new Date(naive.getTime() - offsetMinutes(right, zone) * 60_000);
  return (toZone(right.toISOString(), zone) === local.slice(0, 16) ? right : again).toISOString();
}

/** The wall clock of an instant in a zone, as fields for date and time take it. */
export function toZone(at: string, zone: string): string {
  const instant = new Date(at);
  const local = new Date(instant.getTime() + offsetMinutes(instant, zone) * 60_000);
  return local.toISOString().slice(0, 16);
}

/** The zone of the reader's machine. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** Whether the machine knows a zone by that name. */
export function knownZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** All zones of the machine, for a field that picks one. */
export const allZones = (): string[] => ["UTC", ...Intl.supportedValuesOf("timeZone")];
