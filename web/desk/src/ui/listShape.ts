import type { ReactNode } from "react";
import type { ListQuery } from "./listQuery";

export interface Choice {
  value: string;
  label: string;
}

interface Named {
  /** Name of the query parameter. */
  name: string;
  label: string;
  /** Stands beside the search; the others wait behind the filter button. */
  main?: boolean;
}

/** A filter of a list: some of many, one of many, on or off, a day, or a record that is looked up. */
export type ListFilter =
  | (Named & { kind: "many" | "one"; options: Choice[] })
  | (Named & { kind: "flag"; value?: string })
  | (Named & { kind: "day" | "text" })
  | (Named & {
      kind: "find";
      find: (q: string, signal: AbortSignal) => Promise<Choice[]>;
      /** Choices that are always offered, such as “me” or “nobody”. */
      standing?: Choice[];
    });

export interface ServerColumn<T> {
  key: string;
  title: string;
  width?: number;
  align?: "end";
  render: (row: T) => ReactNode;
  /** The order of the backend that this column's head asks for. */
  sort?: string;
  /** Not shown until a person chooses it. */
  hidden?: boolean;
}

/** A view that the product ships: a name and a query. */
export interface Preset {
  key: string;
  label: string;
  query: Pick<ListQuery, "filters"> & Partial<ListQuery>;
}
