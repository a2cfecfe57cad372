export type WarrantyState = "active" | "ending" | "over" | "unknown";

const SOON_DAYS = 60;

/** The warranty of a device on a day; it still holds on its last day. */
export function warrantyState(until: string | null, today: Date): WarrantyState {
  if (!until) return "unknown";
  const end = new Date(`${until.slice(0, 10)}T23:59:59`);
  if (Number.isNaN(end.getTime())) return "unknown";
  const days = (end.getTime() - today.getTime()) / 86_400_000;
  if (days < 0) return "over";
  return days <= SOON_DAYS ? "ending" : "active";
}
