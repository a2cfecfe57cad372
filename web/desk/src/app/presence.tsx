import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useMemo } from "react";
import type { ReactNode } from "react";
import { presence, setPresence, users } from "../api/team";
import type { PresenceStatus } from "../api/types";
import { useStored } from "../ui/useStored";
import { useMay, useMe } from "./session";

const HEARTBEAT_MS = 30_000;

interface OwnPresence {
  status: PresenceStatus;
  choose: (status: PresenceStatus) => void;
}

const Context = createContext<OwnPresence>({ status: "away", choose: () => undefined });
export const useOwnPresence = (): OwnPresence => useContext(Context);

/** Tells the backend every half minute whether this person takes conversations. */
export function PresenceProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const takesConversations = useMay("conversations:write");
  const [status, choose] = useStored<PresenceStatus>("presence", "online");
  const { mutate: tell } = useMutation({
    mutationFn: setPresence,
    onSuccess: () => client.invalidateQueries({ queryKey: ["presence"] }),
  });
  useEffect(() => {
    if (!takesConversations) return;
    tell(status);
    const timer = setInterval(() => tell(status), HEARTBEAT_MS);
    return () => clearInterval(timer);
  }, [status, takesConversations, tell]);
  const value = useMemo(() => ({ status, choose }), [status, choose]);
  return <Context value={value}>{children}</Context>;
}

const statusOf = (status: string): PresenceStatus =>
  status === "online" || status === "away" ? status : "offline";

export interface Colleague {
  id: string;
  name: string;
  status: PresenceStatus;
}

/** Everybody a conversation or ticket can go to: all active users, those online first. */
export function useColleagues(): Colleague[] {
  const me = useMe();
  const here = useQuery({ queryKey: ["presence"], queryFn: presence });
  const all = useQuery({ queryKey: ["users"], queryFn: users });
  return useMemo(() => {
    const found = new Map<string, Colleague>();
    found.set(me.id, { id: me.id, name: me.name, status: "online" });
    for (const user of all.data ?? []) {
      if (user.active) found.set(user.id, { id: user.id, name: user.name, status: "offline" });
    }
    for (const one of here.data ?? []) {
      found.set(one.user_id, { id: one.user_id, name: one.name, status: statusOf(one.status) });
    }
    const order = { online: 0, away: 1, offline: 2 };
    return [...found.values()].sort(
      (a, b) => order[a.status] - order[b.status] || a.name.localeCompare(b.name),
    );
  }, [all.data, here.data, me.id, me.name]);
}
