/** Who did what: the audit of the whole company. */
import { get } from "./client";
import type { Query } from "./client";
import type { AuditEntry, Page } from "./types";

export const auditEntries = (query: Query, signal?: AbortSignal): Promise<Page<AuditEntry>> =>
  get("/v1/audit", query, signal);
