import type { Due, Visit } from "../api/visits";

export const RESULTS = ["solved", "temporary", "not_solved", "no_access", "cancelled_on_site"] as const;
export const REPEAT_REASONS = ["part", "skill", "diagnosis", "access", "customer"] as const;
export const BROKEN_OFF: readonly string[] = ["no_access", "cancelled_on_site"];
export const LABOUR_KINDS = ["work", "travel", "wait"] as const;
export const PHOTO_KINDS = ["before", "after", "nameplate", "other"] as const;
export const TONE_OF: Record<string, string> = {
  planned: "", confirmed: "teal", en_route: "amber", on_site: "amber", done: "green", cancelled: "",
};
export const PRIORITY_TONE: Record<string, string> = { critical: "red", high: "amber" };

export type Step = "confirm" | "depart" | "check-in" | "finish";

/** The one step that comes next on a visit; none once it has ended. */
export function nextStep({ state }: Pick<Visit, "state">): Step | null {
  if (state === "planned") return "confirm";
  if (state === "confirmed") return "depart";
  if (state === "en_route") return "check-in";
  return state === "on_site" ? "finish" : null;
}

/** The state of a promise now: one that runs has been broken once its time is past. */
export function dueState(due: Due, now: number): string {
  if (due.state !== "running" && due.state !== "warning") return due.state;
  return new Date(due.due_at).getTime() < now ? "breached" : due.state;
}

export const DUE_TONE: Record<string, string> = { warning: "amber", breached: "red", met: "green" };

/** A link that opens the phone's own map: by coordinates where they are known, else by the words. */
export function mapLink(place: { lat?: number | null; lon?: number | null; address?: string }): string {
  const { lat, lon, address = "" } = place;
  const known = typeof lat === "number" && typeof lon === "number";
  if (known) return `geo:${lat},${lon}?q=${lat},${lon}${address ? `(${encodeURIComponent(address)})` : ""}`;
  return address ? `geo:0,0?q=${encodeURIComponent(address)}` : "";
}

/** iOS knows no `geo:`; it opens its own map for this address. */
export function appleMapLink(place: { lat?: number | null; lon?: number | null; address?: string }): string {
  const known = typeof place.lat === "number" && typeof place.lon === "number";
  const query = new URLSearchParams();
  if (known) query.set("ll", `${place.lat},${place.lon}`);
  if (place.address) query.set("q", place.address);
  return query.size ? `https://maps.apple.com/?${query.toString()}` : "";
}
