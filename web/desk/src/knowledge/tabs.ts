import type { Key } from "../i18n/catalogue";

/** The parts of the knowledge studio, as tabs and in the palette; `scope`: for whom. */
export const KNOWLEDGE_TABS: { to: string; title: Key; end?: boolean; scope?: string }[] = [
  { to: "/knowledge", title: "knowledge.library", end: true },
  { to: "/knowledge/files", title: "knowledge.files", scope: "knowledge:write" },
  { to: "/knowledge/gaps", title: "knowledge.gaps" },
  { to: "/knowledge/tickets", title: "knowledge.fromTickets" },
  { to: "/knowledge/translations", title: "knowledge.translations" },
  { to: "/knowledge/terms", title: "knowledge.terms" },
  { to: "/knowledge/search", title: "knowledge.bench" },
];
