/** What the audit can be narrowed to. */
export interface AuditFilter {
  actor: string;
  tool: string;
  target: string;
  since: string;
  until: string;
}

/** The parts of the product whose acts are audited, by the first word of a tool's name. */
export const AUDIT_DOMAINS = [
  "tickets", "work_orders", "assets", "contracts", "sla", "stock", "contacts", "conversations",
  "knowledge", "users", "tokens", "privacy", "import", "exports", "calendars",
] as const;

/** The filter as the backend takes it; days are whole days of the reader's zone. */
export const auditQuery = (
  { actor, tool, target, since, until }: AuditFilter,
  instant: (day: string, edge: "start" | "end") => string | null,
) => ({
  actor_label: actor,
  tool,
  target: target.trim(),
  since: instant(since, "start"),
  until: instant(until, "end"),
});
