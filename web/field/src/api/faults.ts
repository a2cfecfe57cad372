import { useQuery } from "@tanstack/react-query";
import { useWords } from "../i18n/LanguageProvider";
import { get } from "./client";
import { visitKey, visitPath } from "./visits";
import type { Page } from "./visits";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Finding = Schemas["FindingView"];
export type Suggestion = Schemas["Suggestion"];
export type Term = Schemas["TermView"];

export function useFindings(number: string) {
  const { language: lang } = useWords();
  return useQuery({
    queryKey: visitKey(number, "findings", lang),
    queryFn: async () => (await get<{ items: Finding[] }>(visitPath(number, "/findings"), { lang })).items,
  });
}

export interface Signs {
  model?: string;
  symptom?: string;
  text?: string;
  code?: string[];
}

/** What the fault library knows of a fault that shows like this, the likeliest first. */
export function useSuggestions({ model, symptom, text, code }: Signs, enabled = true) {
  const { language: lang } = useWords();
  const query = { model, symptom, text, code: code?.join(" ").slice(0, 200), lang, limit: 5 };
  return useQuery({
    queryKey: ["faults", "suggest", query],
    queryFn: async () => (await get<Schemas["Suggestions"]>("/v1/faults/suggest", query)).items,
    enabled: enabled && !!(text || symptom || code?.length),
    staleTime: 300_000,
  });
}

export const terms = (q: string): Promise<Page<Term>> => get("/v1/kb/terms", { q, limit: 8 });
