import { get, post } from "./client";
import type { Page } from "./types";

/** A notice for the person who is logged in. */
export interface Notice {
  id: string;
  kind: string;
  key: string;
  args: Record<string, unknown>;
  text: string;
  link: string;
  severity: string;
  created_at: string;
  read_at: string | null;
}

export type NoticePage = Page<Notice> & { unread: number };

export const notices = (
  query: { unread?: boolean; cursor?: string | null; limit?: number },
  signal?: AbortSignal,
): Promise<NoticePage> => get("/v1/notices", query, signal);
export const readNotices = (ids: string[]): Promise<unknown> => post("/v1/notices/read", { ids });
export const readAllNotices = (): Promise<unknown> => post("/v1/notices/read", { all: true });
