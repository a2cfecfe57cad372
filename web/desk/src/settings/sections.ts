import type { Key } from "../i18n/catalogue";

export type SectionName =
  | "account" | "replies" | "hours" | "users" | "fields" | "forms" | "rules" | "exchange" | "webhooks" | "connectors" | "privacy"
  | "audit";

interface Section {
  name: SectionName;
  title: Key;
  /** Any one of these rights opens it; none: everybody. */
  scopes?: string[];
}

const SECTIONS: Section[] = [
  { name: "account", title: "settings.account" },
  { name: "replies", title: "settings.replies", scopes: ["conversations:read"] },
  { name: "hours", title: "settings.hours", scopes: ["conversations:read"] },
  { name: "users", title: "settings.users", scopes: ["users:read"] },
  { name: "fields", title: "settings.fields", scopes: ["settings:write"] },
  { name: "forms", title: "settings.forms", scopes: ["settings:write"] },
  { name: "rules", title: "settings.rules", scopes: ["settings:write"] },
  { name: "exchange", title: "settings.exchange", scopes: ["import", "export"] },
  { name: "webhooks", title: "settings.webhooks", scopes: ["settings:write"] },
  { name: "connectors", title: "settings.connectors", scopes: ["settings:write"] },
  { name: "privacy", title: "settings.privacy", scopes: ["privacy"] },
  { name: "audit", title: "settings.audit", scopes: ["audit:read"] },
];

/** The parts of the settings that these rights open. */
export const settingsOf = (scopes: string[]): Section[] =>
  SECTIONS.filter((one) => !one.scopes || one.scopes.some((scope) => scopes.includes(scope)));
