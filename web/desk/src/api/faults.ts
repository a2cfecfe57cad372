import { del, get, patch, post, request, segment } from "./client";
import type { Query } from "./client";
import type { components } from "./schema";
import type { Page } from "./types";

type Schemas = components["schemas"];
export type Fault = Schemas["FaultView"];
export type FaultFile = Schemas["FaultPage"];
export type SlotView = Schemas["SlotView"];
export type Success = Schemas["Success"];
export type Finding = Schemas["FindingView"];
export type DuplicatePair = Schemas["DuplicatePair"];
export type MergePreview = Schemas["MergePreview"];
export type LibraryOverview = Schemas["LibraryOverview"];
export type Suggestions = Schemas["Suggestions"];
export type FaultLink = Schemas["FaultLinkView"];
export type ArticleMade = Schemas["ArticleMade"];
export type DrawnUp = Schemas["DrawnUp"];
export type FaultBody = Schemas["CreateFault"];

export const SLOTS = ["component", "symptom", "cause", "remedy"] as const;
export type SlotName = (typeof SLOTS)[number];
/** How an act is sent: acts once, based on what was shown. */
interface How {
  key: string;
  version?: number;
}

const at = (number: string, act = ""): string => `/v1/faults/${segment(number)}${act}`;

export const faults = (query: Query, signal?: AbortSignal): Promise<Page<Fault>> =>
  get("/v1/faults", query, signal);
export const fault = (number: string, lang: string): Promise<FaultFile> => get(at(number), { lang });
export const libraryOverview = (): Promise<LibraryOverview> => get("/v1/faults/overview");
export const findings = (number: string, query: Query): Promise<Page<Finding>> =>
  get(at(number, "/findings"), query);
export const duplicates = async (lang: string): Promise<DuplicatePair[]> =>
  (await get<{ items: DuplicatePair[] }>("/v1/faults/duplicates", { lang })).items;
export const duplicatesOf = async (number: string, lang: string): Promise<DuplicatePair[]> =>
  (await get<{ items: DuplicatePair[] }>(at(number, "/duplicates"), { lang })).items;
export const mergePreview = (number: string, into: string, lang: string): Promise<MergePreview> =>
  get(at(number, "/merge-preview"), { into, lang });
export const suggest = (query: Query, signal?: AbortSignal): Promise<Suggestions> =>
  get("/v1/faults/suggest", query, signal);

export const createFault = (body: FaultBody, how: How): Promise<FaultFile> =>
  post("/v1/faults", body, how.key);
export const changeFault = (number: string, body: object, how: How): Promise<FaultFile> =>
  patch(at(number), { ...body, version: how.version });
export type FaultStep = "review" | "reject" | "restore" | "unmerge" | "merge";
export const stepFault = (
  number: string,
  step: FaultStep,
  body: Record<string, unknown>,
  how: How,
): Promise<FaultFile> =>
  request("POST", at(number, `/${step}`), {
    body: { ...body, version: how.version },
    idempotencyKey: how.key,
  });
export const keepApart = (number: string, other: string, key?: string): Promise<FaultFile> =>
  post(at(number, "/apart"), { other }, key);
export const addLink = (number: string, body: object, how: How): Promise<FaultFile> =>
  post(at(number, "/links"), body, how.key);
export const dropLink = (number: string, id: string): Promise<FaultFile> =>
  del(at(number, `/links/${segment(id)}`));
export const writeArticle = (number: string, lang: string, how: How): Promise<ArticleMade> =>
  post(at(number, "/article"), { lang }, how.key);
export const moveFinding = (id: string, target: string, how: How): Promise<Finding> =>
  post(`/v1/faults/findings/${segment(id)}/move`, { fault: target }, how.key);
export const drawUp = (past: boolean, key?: string): Promise<DrawnUp> =>
  post("/v1/faults/draw-up", { past, limit: 500 }, key);

export const findFaults = async (q: string, signal?: AbortSignal) =>
  (await faults({ q, limit: 15, state: ["draft", "reviewed"] }, signal)).items.map((one) => ({
    value: one.number,
    label: [one.number, one.symptom.label, one.component.label].filter(Boolean).join(" · "),
  }));
export const findingsOfTicket = async (number: string, lang: string): Promise<Finding[]> =>
  (await get<{ items: Finding[] }>(`/v1/tickets/${segment(number)}/findings`, { lang })).items;
