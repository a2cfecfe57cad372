import { get, post, segment } from "./client";
import type { Article, TranslationMatrix, TranslationProblem } from "./knowledgeTypes";

const at = (id: string, act: string): string => `/v1/kb/articles/${segment(id)}${act}`;

export const translations = (): Promise<TranslationMatrix> => get("/v1/kb/translations");

/** A draft of the article in another language, empty or filled by the translator. */
export const translate = (id: string, lang: string, machine: boolean): Promise<Article> =>
  post(at(id, `/translations/${segment(lang)}`), { machine });
export const markReviewed = (id: string): Promise<Article> => post(at(id, "/review"));
export const translationProblems = async (id: string): Promise<TranslationProblem[]> =>
  (await get<{ problems: TranslationProblem[] }>(at(id, "/translation-check"))).problems;
