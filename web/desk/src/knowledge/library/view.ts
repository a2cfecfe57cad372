import type { ArticleQuery } from "../../api/knowledgeArticles";
import type { Sort } from "../../ui/listColumns";

/** What the library shows, and how. */
export interface LibraryView {
  q: string;
  /** `waiting`: has a draft that nobody has published. */
  state: "" | "published" | "waiting" | "draft" | "retired";
  type: string;
  audience: string;
  lang: string;
  model: string;
  /** A user's id, `me`, or empty for everybody. */
  owner: string;
  translation: string;
  columns: string[];
  sort: Sort;
}

export const DEFAULT_COLUMNS = [
  "title", "type", "audience", "languages", "models", "version", "owner", "updated",
];

export const EMPTY_VIEW: LibraryView = {
  q: "",
  state: "",
  type: "",
  audience: "",
  lang: "",
  model: "",
  owner: "",
  translation: "",
  columns: DEFAULT_COLUMNS,
  sort: null,
};

export const queryOf = (view: LibraryView, myId: string): ArticleQuery => ({
  q: view.q.trim(),
  state: view.state === "waiting" ? "" : view.state,
  waiting: view.state === "waiting" || undefined,
  type: view.type,
  audience: view.audience,
  lang: view.lang,
  model: view.model.trim(),
  owner_id: view.owner === "me" ? myId : view.owner,
  translation: view.translation,
});

/** Filters beside the search, in the order of the chips. */
export const FILTERS = ["state", "type", "audience", "lang", "model", "owner", "translation"] as const;
export type FilterName = (typeof FILTERS)[number];

export const activeFilters = (view: LibraryView): FilterName[] =>
  FILTERS.filter((name) => view[name].trim() !== "");

export const isFiltered = (view: LibraryView): boolean =>
  view.q.trim() !== "" || activeFilters(view).length > 0;

export const cleared = (view: LibraryView): LibraryView => ({
  ...EMPTY_VIEW,
  columns: view.columns,
  sort: view.sort,
});
