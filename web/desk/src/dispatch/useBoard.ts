import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { board, candidates } from "../api/dispatch";
import { spanOf } from "./scale";

/** How often a board asks whether another dispatcher moved something. */
const ASK_MS = 10_000;
export const BOARD_KEY = ["dispatch", "board"];
export const SPANS = [1, 3, 7] as const;

/** The day and the length of the board, kept in the address. */
export function useBoardSpan() {
  const [params, setParams] = useSearchParams();
  const day = params.get("day") ?? "";
  const days = SPANS.find((one) => String(one) === params.get("days")) ?? 1;
  const first = useMemo(
    () => (/^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00:00`) : new Date()),
    [day],
  );
  const set = (change: { day?: Date; days?: number }) =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        if (change.day) next.set("day", dayText(change.day));
        if (change.days) next.set("days", String(change.days));
        return next;
      },
      { replace: true },
    );
  return { first, days, set };
}

export const dayText = (day: Date): string =>
  [day.getFullYear(), day.getMonth() + 1, day.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");

export function useBoard(first: Date, days: number) {
  const { from, until } = spanOf(first, days);
  return useQuery({
    queryKey: [...BOARD_KEY, from, until],
    queryFn: ({ signal }) => board(from, until, signal),
    refetchInterval: ASK_MS,
    placeholderData: keepPreviousData,
  });
}

/** Who may do a job and who not; nothing is asked without one. */
export function useCandidates(job: { ticket: string; work_order: string } | null) {
  const asked = job?.work_order ? { work_order: job.work_order } : { ticket: job?.ticket };
  return useQuery({
    queryKey: ["dispatch", "candidates", asked],
    queryFn: ({ signal }) => candidates(asked, signal),
    enabled: job !== null,
    staleTime: 20_000,
  });
}
