import { get, post } from "./client";
import type { Query } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Notice = Schemas["NoticeView"];
export type NoticePage = Schemas["NoticePage"];

export const notices = (query: Query): Promise<NoticePage> => get("/v1/notices", query);
export const readNotices = (ids: string[]): Promise<unknown> =>
  post("/v1/notices/read", ids.length ? { ids } : { all: true });
