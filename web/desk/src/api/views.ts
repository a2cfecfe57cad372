import { del, get, post, segment } from "./client";

/** The lists that keep their views on the server. */
export const VIEW_LISTS = [
  "tickets", "conversations", "assets", "contracts", "customers", "stock", "work_orders",
] as const;
export type ViewList = (typeof VIEW_LISTS)[number];

/** What is saved under a name. */
export interface NewView {
  list: ViewList;
  name: string;
  filters: Record<string, unknown>;
  sort: string;
  columns: string[];
  shared: boolean;
  is_default?: boolean;
}

/** A view of a list that is kept on the server, for its owner or for everybody. */
export interface ListView extends NewView {
  id: string;
  mine: boolean;
  owner_name: string;
  may_change: boolean;
  version: number;
}

export const listViews = async (list: ViewList): Promise<ListView[]> =>
  (await get<{ items: ListView[] }>("/v1/views", { list })).items;
export const saveView = (view: NewView, key: string): Promise<ListView> =>
  post("/v1/views", view, key);
export const deleteView = (id: string): Promise<ListView> => del(`/v1/views/${segment(id)}`);
