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

onLoggedOut(() => {
  if (queryClient.getQueryData(["me"])) {
    queryClient.clear();
    queryClient.setQueryData(["me"], null);
  }
});
