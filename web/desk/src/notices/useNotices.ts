import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { notices } from "../api/notices";

const EVERY_MS = 45_000;

/** How many notices wait to be read. */
export function useUnread(): number {
  const found = useQuery({
    queryKey: ["notices", "unread"],
    queryFn: ({ signal }) => notices({ limit: 1 }, signal),
    refetchInterval: EVERY_MS,
  });
  return found.data?.unread ?? 0;
}

/** The notices of the person who is logged in, the newest first. */
export const useNoticeList = (unread: boolean, open: boolean) =>
  useInfiniteQuery({
    queryKey: ["notices", "list", unread],
    queryFn: ({ pageParam, signal }) => notices({ unread, cursor: pageParam, limit: 30 }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    enabled: open,
  });
