import { get, post, segment } from "./client";
import type { Article, ArticleSummary, SearchAnswer, SearchQuery } from "./types";

export interface LibraryQuery {
  q?: string;
  lang?: string;
  type?: string;
  audience?: string;
  model?: string;
}

export const articles = async (
  query: LibraryQuery,
  signal?: AbortSignal,
): Promise<ArticleSummary[]> =>
  (await get<{ items: ArticleSummary[] }>("/v1/kb/documents", { ...query }, signal)).items;

export const article = (key: string, lang?: string): Promise<Article> =>
  get(`/v1/kb/documents/${segment(key)}`, { lang });

export const search = (query: SearchQuery): Promise<SearchAnswer> =>
  post("/v1/kb/search", query);
