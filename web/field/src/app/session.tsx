import { useQuery } from "@tanstack/react-query";
import { createContext, useContext, useEffect } from "react";
import type { ReactNode } from "react";
import { Navigate, useLocation } from "react-router";
import { me } from "../api/account";
import type { Me } from "../api/account";
import { keepSending, outbox } from "../commands/outbox";
import { Failed, Loading } from "../ui/States";

const Context = createContext<Me | null>(null);

export const useSession = () => useQuery({ queryKey: ["me"], queryFn: me, staleTime: 300_000 });

/** Who is logged in; only inside `LoggedIn`. */
export function useMe(): Me {
  const found = useContext(Context);
  if (!found) throw new Error("useMe needs a login");
  return found;
}

export const useMay = (scope: string): boolean => useMe().scopes.includes(scope);

/** Shows its children to the logged-in; others go to the login and come back here. */
export function LoggedIn({ children }: { children: ReactNode }) {
  const session = useSession();
  const here = useLocation();
  const id = session.data?.id;
  useEffect(() => {
    if (!id) return;
    void outbox.open(id);
    keepSending();
  }, [id]);
  if (session.isPending) return <Loading />;
  if (session.isError) return <Failed error={session.error} retry={() => void session.refetch()} />;
  if (!session.data) {
    const next = encodeURIComponent(here.pathname + here.search);
    return <Navigate to={`/login?next=${next}`} replace />;
  }
  return <Context value={session.data}>{children}</Context>;
}
