import { get } from "../api/client";
import { stockParts } from "../api/stock";
import type { Choice } from "../ui/listShape";
import { partName } from "../stock/terms";

interface Term {
  key: string;
  kind: string;
  names: Record<string, string[]>;
}

/** Concepts of a kind by a word in the reader's language. */
export const findTerms =
  (kind: string, language: string) =>
  async (q: string, signal?: AbortSignal): Promise<Choice[]> => {
    const query = { q, kind, limit: 20 };
    const found = await get<{ items: Term[] }>("/v1/kb/terms", query, signal);
    return found.items.map(({ key, names }) => ({
      value: key,
      label: names[language]?.[0] ?? names.en?.[0] ?? key.replaceAll("_", " "),
    }));
  };

/** Spare parts by number or name. */
export const findParts =
  (language: string) =>
  async (q: string, signal?: AbortSignal): Promise<Choice[]> =>
    (await stockParts({ q, limit: 20 }, signal)).items.map((one) => ({
      value: one.part,
      label: [one.part, partName(one.names, language)].filter(Boolean).join(" · "),
    }));
