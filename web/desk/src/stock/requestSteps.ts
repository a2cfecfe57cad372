import type { RequestStep } from "../api/stockDocuments";

export type RequestAct = RequestStep | "fulfil";

interface Step {
  act: RequestAct;
  scope: string;
  from: string[];
}

/** What can be done to a request, in which states, and who may. */
const STEPS: Step[] = [
  { act: "submit", scope: "stock:request", from: ["draft"] },
  { act: "approve", scope: "stock:approve", from: ["submitted"] },
  { act: "reject", scope: "stock:approve", from: ["submitted"] },
  { act: "pick", scope: "stock:move", from: ["approved"] },
  { act: "fulfil", scope: "stock:move", from: ["approved", "picking"] },
  { act: "cancel", scope: "stock:request", from: ["draft", "submitted", "approved", "picking"] },
];

/** The acts that a person may do to a request in its state; the likely one first. */
export const requestActs = (state: string, scopes: string[]): RequestAct[] =>
  STEPS.filter(({ from, scope }) => from.includes(state) && scopes.includes(scope)).map(({ act }) => act);

export interface BulkOutcome {
  done: number;
  failures: string[];
}

/** One act on each of many, one after the other; what failed is told by its number. */
export async function onEach<T>(
  rows: T[],
  act: (row: T) => Promise<unknown>,
  told: (row: T, error: unknown) => string,
  progress: (index: number) => void = () => undefined,
): Promise<BulkOutcome> {
  const failures: string[] = [];
  for (const [index, row] of rows.entries()) {
    progress(index);
    try {
      await act(row);
    } catch (error) {
      failures.push(told(row, error));
    }
  }
  return { done: rows.length - failures.length, failures };
}
