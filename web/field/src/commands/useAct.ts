import { useQueryClient } from "@tanstack/react-query";
import type { QueryKey } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import type { ApiProblem } from "../api/problem";
import { useToast } from "../ui/Toast";
import { useWords } from "../i18n/LanguageProvider";
import type { Act, Outcome } from "./commands";
import { outbox } from "./outbox";

interface Acting<T> {
  /** Hand an act over; a second tap while it goes is ignored. */
  act: (act: Act, refresh?: QueryKey[]) => Promise<Outcome<T> | undefined>;
  busy: boolean;
  /** Why the server refused the last act; what the form shows. */
  problem: ApiProblem | null;
  clear: () => void;
}

/** An act of a form: busy while it is under way, its refusal kept for the form to show. */
export function useAct<T = unknown>(): Acting<T> {
  const client = useQueryClient();
  const { say } = useToast();
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const running = useRef(false);

  const act = useCallback(
    async (what: Act, refresh: QueryKey[] = []) => {
      if (running.current) return undefined;
      running.current = true;
      setBusy(true);
      setProblem(null);
      try {
        const outcome = await outbox.add<T>(what);
        if (outcome.state === "refused") setProblem(outcome.problem);
        if (outcome.state === "waiting") say(t("outbox.kept"), "amber");
        await Promise.all(refresh.map((queryKey) => client.invalidateQueries({ queryKey })));
        return outcome;
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
    [client, say, t],
  );
  return { act, busy, problem, clear: useCallback(() => setProblem(null), []) };
}
