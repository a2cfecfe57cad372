import { del, get, post, put, segment } from "./client";
import type {
  Article,
  ArticleList,
  NewArticle,
  PassageView,
  Preview,
  PreviewText,
  SavedDraft,
  VersionDiff,
} from "./knowledgeTypes";

export interface ArticleQuery {
  q?: string;
  state?: string;
  type?: string;
  audience?: string;
  lang?: string;
  model?: string;
  owner_id?: string;
  waiting?: boolean;
  translation?: string;
}

const at = (id: string, act = ""): string => `/v1/kb/articles/${segment(id)}${act}`;

export const articles = (
  query: ArticleQuery & { cursor?: string | null; limit?: number },
  signal?: AbortSignal,
): Promise<ArticleList> => get("/v1/kb/articles", { ...query }, signal);

export const article = (id: string): Promise<Article> => get(at(id));
export const createArticle = (body: NewArticle): Promise<Article> =>
  post("/v1/kb/articles", body);
export const saveDraft = (id: string, body: SavedDraft): Promise<Article> =>
  put(at(id, "/draft"), body);
export const discardDraft = (id: string): Promise<Article> => del(at(id, "/draft"));
export const giveOwner = (id: string, userId: string | null): Promise<Article> =>
  put(at(id, "/owner"), { user_id: userId });
export const approve = (id: string, number: number): Promise<Article> =>
  post(at(id, "/approve"), { number });
export const publish = (id: string, number: number): Promise<Article> =>
  post(at(id, "/publish"), { number });
export const retire = (id: string): Promise<Article> => post(at(id, "/retire"));
export const restore = (id: string): Promise<Article> => post(at(id, "/restore"));

export const diff = (id: string, from: number, to: number): Promise<VersionDiff> =>
  get(at(id, "/diff"), { from, to });

export const preview = (body: PreviewText): Promise<Preview> => post("/v1/kb/preview", body);

export const passages = (
  id: string,
  page?: number,
): Promise<{ pages: number; items: PassageView[] }> => get(at(id, "/passages"), { page });

/** Address of a page's picture; only files with pages have any. */
export const pageImage = (id: string, page: number): string => at(id, `/pages/${page}`);
export const sourceFile = (id: string): string => at(id, "/source");
