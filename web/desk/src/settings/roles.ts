import type { Role } from "../api/types";

/** Roles that a member of staff can have. */
export const ROLES = [
  "agent", "engineer", "dispatcher", "manager", "editor", "evaluator", "admin",
] as const satisfies Role[];
