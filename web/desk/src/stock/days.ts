/** The first or last instant of a day as the reader's zone has it; null for none. */
export function instantOf(day: string | null | undefined, edge: "start" | "end"): string | null {
  if (!day || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const at = new Date(`${day}T${edge === "start" ? "00:00:00" : "23:59:59"}`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
