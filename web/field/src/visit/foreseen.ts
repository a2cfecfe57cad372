import type { VisitFile } from "../api/visits";
import { useCommands } from "../commands/outbox";

const LEADS_TO: Record<string, string> = {
  confirm: "confirmed", depart: "en_route", "check-in": "on_site", finish: "done",
};

/** The state a visit will have once what is under way has arrived. */
export function foreseen(state: string, kinds: readonly string[]): string {
  return kinds.reduce((before, kind) => LEADS_TO[kind] ?? before, state);
}

export function useForeseen(file: Pick<VisitFile, "number" | "state">): string {
  const unsent = useCommands(file.number).filter((one) => one.state === "waiting");
  return foreseen(file.state, unsent.map((one) => one.kind));
}
