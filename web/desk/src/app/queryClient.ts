import { QueryClient } from "@tanstack/react-query";
import { onLoggedOut } from "../api/client";
import { ApiProblem } from "../api/problem";

/** What the backend refused is not asked again; a network that hiccups is, twice. */
const retry = (failures: number, error: Error): boolean =>
  !(error instanceof ApiProblem && error.status < 500) && failures < 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry, retryDelay: (n) => 400 * 2 ** n, staleTime: 15_000, refetchOnWindowFocus: true },
  },
});

/** Nobody is logged in any more: the pages go to the login, and what they had read is forgotten. */
export function forgetLogin(): void {
  queryClient.setQueryData(["me"], null);
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "me" });
}

onLoggedOut(() => {
  if (queryClient.getQueryData(["me"])) forgetLogin();
});
