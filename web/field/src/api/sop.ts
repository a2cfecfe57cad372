import { useQuery } from "@tanstack/react-query";
import { useWords } from "../i18n/LanguageProvider";
import { get, segment } from "./client";
import { visitKey, visitPath } from "./visits";
import type { Page } from "./visits";
import type { Answer, Row } from "./contract";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Run = Row<"/v1/work-orders/{work_order}/sop-runs">;
export type RunFile = Answer<"/v1/sop-runs/{run_id}">;
export type RunStep = RunFile["steps"][number];
export type StepBody = Schemas["StepBody"];
export type Sop = Row<"/v1/sops">;

export const runPath = (run: string, act = ""): string => `/v1/sop-runs/${segment(run)}${act}`;
export const runKey = (number: string, run: string): string[] => visitKey(number, "run", run);

/** Standard work on a visit; what was taken off it is left out. */
export function useRuns(number: string) {
  const { language } = useWords();
  return useQuery({
    queryKey: visitKey(number, "runs", language),
    queryFn: async () => {
      const { items } = await get<Page<Run>>(visitPath(number, "/sop-runs"), { language });
      return items.filter((one) => one.state !== "withdrawn");
    },
  });
}

export function useRun(number: string, run: string) {
  const { language } = useWords();
  return useQuery({
    queryKey: [...runKey(number, run), language],
    queryFn: () => get<RunFile>(runPath(run), { language }),
  });
}

/** Published procedures whose words fit. */
export const sops = (q: string, model: string): Promise<Page<Sop>> =>
  get("/v1/sops", { q, model, state: ["published", "changed"], limit: 30 });
