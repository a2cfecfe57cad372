import type { Article, ArticleFields } from "../../api/knowledgeTypes";

export const EMPTY_FIELDS: ArticleFields = {
  title: "",
  type: "faq",
  product_models: [],
  audience: "public",
  firmware: "",
  effective_from: null,
  effective_until: null,
  supersedes: [],
  body: "",
};

const NAMES = Object.keys(EMPTY_FIELDS) as (keyof ArticleFields)[];

const only = (from: ArticleFields): ArticleFields =>
  Object.fromEntries(NAMES.map((name) => [name, from[name]])) as unknown as ArticleFields;

/** What an editor starts from: the waiting draft, else the published text. */
export const fieldsOf = (article: Article): ArticleFields => only(article.draft_fields ?? article);

const tidy = (fields: ArticleFields): string =>
  JSON.stringify(NAMES.map((name) => fields[name] ?? ""));

export const sameFields = (a: ArticleFields, b: ArticleFields): boolean => tidy(a) === tidy(b);

export type FieldFault = "title" | "body" | "dates";

/** What keeps the fields from being saved. */
export function faultsOf(fields: ArticleFields): FieldFault[] {
  const { effective_from: from, effective_until: until } = fields;
  return [
    ...(fields.title.trim() ? [] : ["title" as const]),
    ...(fields.body.trim() ? [] : ["body" as const]),
    ...(from && until && from > until ? ["dates" as const] : []),
  ];
}
