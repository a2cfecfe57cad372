import type { TranslationMatrix, TranslationRow, TranslationState } from "../../api/knowledgeTypes";
import { CUSTOMER_LANGUAGES } from "../../ui/languages";

export const TRANSLATION_STATES: TranslationState[] = [
  "published", "unreviewed", "behind", "draft", "missing",
];

export interface MatrixFilter {
  q: string;
  langs: string[];
  states: TranslationState[];
}

export interface Cell {
  state: TranslationState | "original";
  id: string | null;
}

/** The article in a language: its original, a translation, or nothing yet. */
export function cellOf(row: TranslationRow, lang: string): Cell {
  if (row.lang === lang) return { state: "original", id: row.id };
  return row.targets[lang] ?? { state: "missing", id: null };
}

/** Languages that can be shown: those in use first, then those to begin with. */
export const knownLanguages = (matrix: TranslationMatrix): string[] => [
  ...new Set([...matrix.languages, ...CUSTOMER_LANGUAGES]),
];

/** Languages that are shown as columns: those asked for, else those in use. */
export const columnsOf = (matrix: TranslationMatrix, filter: MatrixFilter): string[] =>
  filter.langs.length > 0
    ? knownLanguages(matrix).filter((lang) => filter.langs.includes(lang))
    : matrix.languages;

/** Articles that have one of the wanted states in a shown language. */
export function rowsOf(matrix: TranslationMatrix, filter: MatrixFilter): TranslationRow[] {
  const langs = columnsOf(matrix, filter);
  const wanted = filter.q.trim().toLowerCase();
  return matrix.items.filter(
    (row) =>
      (!wanted || `${row.key} ${row.title}`.toLowerCase().includes(wanted)) &&
      (filter.states.length === 0 ||
        langs.some((lang) => {
          const { state } = cellOf(row, lang);
          return state !== "original" && filter.states.includes(state);
        })),
  );
}

export interface Progress {
  lang: string;
  good: number;
  total: number;
}

/** For each language, how many articles are there and up to date. */
export const progressOf = (matrix: TranslationMatrix): Progress[] =>
  matrix.languages.map((lang) => ({
    lang,
    total: matrix.items.length,
    good: matrix.items.filter((row) =>
      ["original", "published"].includes(cellOf(row, lang).state),
    ).length,
  }));
