import type { paths } from "./schema";

/** What a route answers, by its path: names of shapes may be shared by several books. */
export type Answer<P extends keyof paths, M extends "get" | "post" = "get"> = paths[P][M] extends {
  responses: infer R;
}
  ? R extends { 200: { content: { "application/json": infer T } } }
    ? T
    : R extends { 201: { content: { "application/json": infer T } } }
      ? T
      : never
  : never;

/** One row of what a list answers. */
export type Row<P extends keyof paths> = Answer<P> extends { items: (infer T)[] } ? T : never;
