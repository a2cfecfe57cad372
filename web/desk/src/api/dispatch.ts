import { get, post, request, segment } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Board = Schemas["Board"];
export type BoardEngineer = Board["engineers"][number];
export type BoardVisit = Board["visits"][number];
export type BoardJob = Board["unplanned"][number];
export type Candidates = Schemas["CandidatesView"];
export type Candidate = Candidates["ranked"][number];
export type Reason = Candidate["reasons"][number];
export type Placed = Schemas["Placed"];
export type Assign = Schemas["DispatchAssign"];
export type DayPlan = Schemas["PlanView"];
export type PlanSummary = Schemas["PlanSummary"];
export type PlanLine = DayPlan["lines"][number];
export type DraftPlan = Schemas["DraftPlan"];
export type Accepted = Schemas["Accepted"];

export const board = (from: string, until: string, signal?: AbortSignal): Promise<Board> =>
  get("/v1/dispatch/board", { from, until }, signal);
export const candidates = (
  job: { ticket?: string; work_order?: string },
  signal?: AbortSignal,
): Promise<Candidates> => get("/v1/dispatch/candidates", { ...job, limit: 200 }, signal);
export const assign = (body: Partial<Assign> & { engineer: string }, key: string): Promise<Placed> =>
  post("/v1/dispatch/assign", body, key);
export const unassign = (
  body: { work_order: string; version?: number | null; reason?: string },
  key: string,
): Promise<Placed> => post("/v1/dispatch/unassign", body, key);
export const offer = (
  work_order: string,
  version: number | null | undefined,
  key: string,
): Promise<Placed> => post(`/v1/dispatch/pool/${segment(work_order)}/offer`, { version }, key);
export const withdraw = (work_order: string, key: string): Promise<Placed> =>
  post(`/v1/dispatch/pool/${segment(work_order)}/withdraw`, {}, key);
export const plans = (signal?: AbortSignal): Promise<{ items: PlanSummary[] }> =>
  get("/v1/dispatch/plans", {}, signal);
export const plan = (id: string, signal?: AbortSignal): Promise<DayPlan> =>
  get(`/v1/dispatch/plans/${segment(id)}`, {}, signal);
export const draftPlan = (body: Partial<DraftPlan>, key: string): Promise<DayPlan> =>
  post("/v1/dispatch/plans", body, key);
export const acceptPlan = (
  id: string,
  lines: string[],
  version: number,
  key: string,
): Promise<Accepted> => post(`/v1/dispatch/plans/${segment(id)}/accept`, { lines, version }, key);
export const discardPlan = (id: string, key: string): Promise<DayPlan> =>
  request("POST", `/v1/dispatch/plans/${segment(id)}/discard`, { body: {}, idempotencyKey: key });
