import type { Run } from "./api";

/** The words of standard work, in their order. */
export const SOP_STATES = ["draft", "published", "changed", "retired"] as const;
export const KINDS = ["action", "check", "reading", "photo", "signature", "choice"] as const;
export const HAZARDS = ["none", "caution", "warning", "danger"] as const;
export const ON_FAIL = ["stop", "goto", "continue"] as const;
export const PLAIN_ROLES = ["anyone", "customer_trained", "engineer"] as const;
export const CERTIFIED = "certified:";
export const RUN_STATES = ["attached", "begun", "ended", "left", "withdrawn"] as const;
export const RUN_RESULTS = ["passed", "remarks", "failed"] as const;
export const TICKET_TYPES = [
  "incident", "request", "installation", "maintenance", "return", "complaint",
] as const;
/** Languages that a procedure can be written in from the editor, besides those it has. */
export const OFFERED_LANGUAGES = ["zh", "en", "de", "es", "fr", "ja"] as const;

type Texts = Record<string, string> | undefined;

/** A text in the language, else in English, else in any. */
export const inLanguage = (texts: Texts, language: string): string =>
  texts?.[language]?.trim() || texts?.en?.trim() || Object.values(texts ?? {}).find((one) => one.trim()) || "";

export const languagesOf = (title: Texts): string[] => Object.keys(title ?? {});

/** What a run's tag says: how it ended, else where it stands. */
export const standing = (run: Run): string => run.result || run.state;
export const isOpen = (run: Run): boolean => run.state === "attached" || run.state === "begun";
