import type { BenchQuery } from "../../api/knowledgeTypes";
import type { AskQuery } from "../../api/types";

/** Who asks; each may read what the audience of that name may. */
export const ASKERS = ["public", "partner", "internal"] as const;

export interface BenchQuestion {
  query: string;
  audience: (typeof ASKERS)[number];
  model: string;
  lang: string;
  k: number;
  /** Whether what was said before counts. */
  withHistory: boolean;
  /** What the customer said before, one message a line, the first on top. */
  history: string;
}

export const EMPTY_QUESTION: BenchQuestion = {
  query: "",
  audience: "public",
  model: "",
  lang: "",
  k: 8,
  withHistory: false,
  history: "",
};

const said = ({ withHistory, history }: BenchQuestion): string[] =>
  withHistory
    ? history
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean)
    : [];

export const searchOf = (question: BenchQuestion): BenchQuery => ({
  query: question.query.trim(),
  audience: question.audience,
  model: question.model.trim() || null,
  lang: question.lang || null,
  k: question.k,
  history: said(question),
});

export const askOf = (question: BenchQuestion): AskQuery => ({
  text: question.query.trim(),
  audience: question.audience,
  model: question.model.trim(),
  history: said(question).map((text) => ({ role: "customer" as const, text })),
});

export interface Bar {
  feature: string;
  value: number;
  /** Length of the bar, 0 to 1, of the longest. */
  share: number;
}

/** What made a score, the strongest first; what adds nothing is left out. */
export function barsOf(why: { feature: string; value: number }[], most = 8): Bar[] {
  const felt = why.filter(({ value }) => Math.abs(value) > 1e-6);
  const longest = Math.max(...felt.map(({ value }) => Math.abs(value)), 0);
  return felt
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, most)
    .map(({ feature, value }) => ({ feature, value, share: Math.abs(value) / longest }));
}
