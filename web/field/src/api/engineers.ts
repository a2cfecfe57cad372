import { useQuery } from "@tanstack/react-query";
import { useMe } from "../app/session";
import { get } from "./client";
import type { Row } from "./contract";

export type Engineer = Row<"/v1/engineers">;

/** The engineer whose login this is; null where a login is joined to none. */
export function useMyself() {
  const { id } = useMe();
  return useQuery({
    queryKey: ["myself", id],
    queryFn: async () => {
      const { items } = await get<{ items: Engineer[] }>("/v1/engineers");
      return items.find((one) => one.user_id === id) ?? null;
    },
    staleTime: 600_000,
  });
}
