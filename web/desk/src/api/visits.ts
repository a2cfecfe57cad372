import { get, post, request, segment } from "./client";
import type { Query } from "./client";
import type { components } from "./schema";
import type { Page } from "./types";

type Schemas = components["schemas"];
export type Visit = Schemas["WorkOrderView"];
export type VisitFile = Schemas["WorkOrderPage"];
export type VisitPlan = Schemas["PlanVisit"];
export type VisitWindow = Visit["window"];
export type UsedPart = VisitFile["parts"][number];
export type VisitPhoto = VisitFile["photos"][number];
export type VisitSignature = VisitFile["signatures"][number];

const at = (number: string, act = ""): string => `/v1/work-orders/${segment(number)}${act}`;

/** Acts that go as one body to a path of their own. */
export const VISIT_ACTS = [
  "confirm", "depart", "check-in", "labour", "readings", "parts", "report", "signature", "revise",
  "finish", "cancel",
] as const;
export type VisitAct = (typeof VISIT_ACTS)[number];

export const visits = (query: Query, signal?: AbortSignal): Promise<Page<Visit>> =>
  get("/v1/work-orders", query, signal);
export const visit = (number: string): Promise<VisitFile> => get(at(number));
export const planVisit = (body: VisitPlan, key: string): Promise<Visit> =>
  post("/v1/work-orders", body, key);
/** A plan for the visit after this one, out of what this one found. */
export const nextPlan = (number: string): Promise<VisitPlan> => get(at(number, "/next"));
export const changeVisit = (
  number: string,
  change: Record<string, unknown>,
  version: number | undefined,
  key: string,
): Promise<Visit> =>
  request("PATCH", at(number), { body: { ...change, version }, idempotencyKey: key });
export const actOnVisit = (
  number: string,
  act: VisitAct,
  body: Record<string, unknown>,
  key: string,
): Promise<Visit> => post(at(number, `/${act}`), body, key);

export function addPhoto(
  number: string,
  photo: { file: File; when: string; caption: string },
  key: string,
): Promise<Visit> {
  const form = new FormData();
  form.append("file", photo.file);
  form.append("when", photo.when);
  form.append("caption", photo.caption);
  return request("POST", at(number, "/photos"), { form, idempotencyKey: key });
}
