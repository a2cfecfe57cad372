export const ARTICLE_TYPES = ["faq", "troubleshooting", "procedure", "policy", "spec", "manual"] as const;
export const AUDIENCES = ["public", "partner", "internal"] as const;
export const ARTICLE_STATES = ["published", "waiting", "draft", "retired"] as const;
export const TRANSLATION_FILTERS = ["missing", "unreviewed", "behind"] as const;

const ROW_ID = /^[0-9a-hjkmnp-tv-z]{26}$/;

/** Whether a word of an address is the id of an article's row, and not the key of an article. */
export const isRowId = (word: string): boolean => ROW_ID.test(word);

/** Address of an article's page; `view` is one of its tabs. */
export const articlePath = (id: string, view = ""): string =>
  `/knowledge/articles/${encodeURIComponent(id)}${view && `/${view}`}`;

/** Address of an article that is known by its key only. */
export const keyPath = (key: string, lang: string): string =>
  `/knowledge/articles/${encodeURIComponent(key)}?lang=${encodeURIComponent(lang)}`;
