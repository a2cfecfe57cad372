import type { Query } from "../api/client";

/** What a list on the server is asked for; the same in the address bar, a saved view, an export. */
export interface ListQuery {
  q: string;
  sort: string;
  filters: Record<string, string[]>;
}

export const NO_QUERY: ListQuery = { q: "", sort: "", filters: {} };

/** The filters that hold something, in a fixed order, so that equal queries look equal. */
const tidy = (filters: Record<string, string[]>): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(filters)
      .filter(([, values]) => values.length > 0)
      .sort(([a], [b]) => a.localeCompare(b)),
  );

/** The query that an address asks for; only filters that the list has are taken. */
export function readQuery(params: URLSearchParams, names: string[]): ListQuery {
  const filters = Object.fromEntries(names.map((name) => [name, params.getAll(name).filter(Boolean)]));
  return { q: params.get("q") ?? "", sort: params.get("sort") ?? "", filters: tidy(filters) };
}

/** The address that asks for a query. */
export function writeQuery({ q, sort, filters }: ListQuery): URLSearchParams {
  const params = new URLSearchParams();
  if (q) params.set("q", q);
  if (sort) params.set("sort", sort);
  for (const [name, values] of Object.entries(tidy(filters))) {
    for (const value of values) params.append(name, value);
  }
  return params;
}

/** The query as the backend takes it; `me` stands for the person who asks. */
export function apiQuery({ q, sort, filters }: ListQuery, myId: string): Query {
  const mine = (value: string): string => (value === "me" ? myId : value);
  const asked = Object.entries(tidy(filters)).map(([name, values]) => [name, values.map(mine)]);
  return { q: q.trim() || undefined, sort: sort || undefined, ...Object.fromEntries(asked) };
}

export const withFilter = (query: ListQuery, name: string, values: string[]): ListQuery => ({
  ...query,
  filters: tidy({ ...query.filters, [name]: values.filter(Boolean) }),
});

export const isFiltered = ({ q, filters }: ListQuery): boolean =>
  q.trim() !== "" || Object.values(filters).some((values) => values.length > 0);

/** Whether two queries ask for the same rows, in any order of the rows. */
export const sameFilters = (a: ListQuery, b: ListQuery): boolean =>
  a.q.trim() === b.q.trim() && JSON.stringify(tidy(a.filters)) === JSON.stringify(tidy(b.filters));
