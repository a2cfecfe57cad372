/** The words of a visit's life, in their order. */
export const VISIT_STATES = [
  "planned", "confirmed", "en_route", "on_site", "done", "cancelled",
] as const;
export const OPEN_VISITS: readonly string[] = VISIT_STATES.slice(0, 4);
export const RESULTS = [
  "solved", "temporary", "not_solved", "no_access", "cancelled_on_site",
] as const;
export const REPEAT_REASONS = ["part", "skill", "diagnosis", "access", "customer"] as const;
export const LABOUR_KINDS = ["work", "wait", "travel"] as const;
export const PHOTO_KINDS = ["before", "after", "nameplate", "other"] as const;

/** What can be done with a visit on the way from its plan to its end. */
export const VERBS = [
  "confirm", "depart", "check-in", "labour", "readings", "photos", "parts", "report", "signature",
  "finish", "change", "cancel", "revise", "next",
] as const;
export type Verb = (typeof VERBS)[number];

interface Stand {
  state: string;
  signed: boolean;
}

/** The acts that fit how a visit stands; the first is the one that comes next. */
export function verbsOf({ state, signed }: Stand): Verb[] {
  switch (state) {
    case "planned":
      return ["confirm", "depart", "change", "cancel"];
    case "confirmed":
      return ["depart", "check-in", "change", "cancel"];
    case "en_route":
      return ["check-in", "change", "cancel"];
    case "on_site":
      return signed
        ? ["finish", "revise"]
        : ["finish", "labour", "readings", "photos", "parts", "report", "signature"];
    case "done":
      return signed ? ["next", "revise"] : ["next", "report", "signature", "labour", "readings", "photos", "parts"];
    default:
      return [];
  }
}
