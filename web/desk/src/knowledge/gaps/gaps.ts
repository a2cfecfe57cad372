import type { Gap, GapState } from "../../api/knowledgeTypes";

export const GAP_STATES: GapState[] = ["open", "answered", "dismissed"];
export const DISMISS_REASONS = ["not_ours", "answered_elsewhere", "unclear", "other"] as const;

/** Languages in which a question was asked, the most frequent first. */
export const askedIn = ({ languages, lang }: Gap): string[] => {
  const found = Object.entries(languages).sort(([, a], [, b]) => b - a);
  return found.length > 0 ? found.map(([code]) => code) : [lang].filter(Boolean);
};

export const languagesOf = (gaps: Gap[]): string[] => [...new Set(gaps.flatMap(askedIn))].sort();

/** The gaps that were asked in a language (or all), the most asked first, then the latest. */
export const shownGaps = (gaps: Gap[], lang: string | undefined): Gap[] =>
  gaps
    .filter((gap) => !lang || askedIn(gap).includes(lang))
    .sort((a, b) => b.count - a.count || b.last_at.localeCompare(a.last_at));
