/** How a contract stands, in the order of its life. */
export const CONTRACT_STATES = ["draft", "upcoming", "active", "suspended", "ended"] as const;
export const COVERAGES = [
  "labour", "travel", "parts", "consumables", "maintenance", "remote", "loan",
] as const;
export const PERIODS = ["once", "month", "quarter", "year"] as const;

/** Within so many days an end is near. */
export const ENDING_DAYS = 60;

/** A calendar day so many days after another, as the reader's calendar counts. */
export function dayAfter(days: number, from = new Date()): string {
  const day = new Date(Date.UTC(from.getFullYear(), from.getMonth(), from.getDate() + days));
  return day.toISOString().slice(0, 10);
}

/** The steps that a contract in this state can take. */
export function stepsOf(state: string): ("activate" | "suspend" | "resume" | "renew" | "end")[] {
  switch (state) {
    case "draft":
      return ["activate"];
    case "upcoming":
      return ["renew", "end"];
    case "active":
      return ["renew", "suspend", "end"];
    case "suspended":
      return ["resume", "renew", "end"];
    case "ended":
      return ["renew"];
    default:
      return [];
  }
}
