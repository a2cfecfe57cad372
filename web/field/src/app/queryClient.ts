import { QueryClient } from "@tanstack/react-query";
import { onLoggedOut } from "../api/client";
import { ApiProblem } from "../api/problem";
import { outbox } from "../commands/outbox";

/** What the backend refused is not asked again; a network that hiccups is, twice. */
const retry = (failures: number, error: Error): boolean =>
  !(error instanceof ApiProblem && error.status < 500) && failures < 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry, retryDelay: (n) => 500 * 2 ** n, staleTime: 15_000, refetchOnWindowFocus: true,
      // A phone's "offline" is often wrong; ask, and tell what came of it.
      networkMode: "always",
    },
  },
});

/** Nobody is logged in any more: the pages go to the login, what they had read is forgotten. */
export function forgetLogin(): void {
  outbox.close();
  queryClient.setQueryData(["me"], null);
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "me" });
}

onLoggedOut(() => {
  if (queryClient.getQueryData(["me"])) forgetLogin();
});

// What was done late, after the page that did it had gone, is read anew all the same.
outbox.onDone((command) => {
  void queryClient.invalidateQueries({ queryKey: ["visit", command.subject] });
  void queryClient.invalidateQueries({ queryKey: ["visits"] });
  if (command.subject === "van") void queryClient.invalidateQueries({ queryKey: ["stock"] });
});
