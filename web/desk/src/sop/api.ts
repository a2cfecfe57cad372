import { get, post, request, segment } from "../api/client";
import type { Query } from "../api/client";
import type { components } from "../api/schema";
import type { Page } from "../api/types";

type Schemas = components["schemas"];
export type Sop = Schemas["SopView"];
export type PartNeed = Schemas["SopPartNeed"];
/** The backend always tells every field of what it keeps. */
export type Option = Required<Schemas["SopStepOption"]>;
export type Step = Required<Omit<Schemas["SopStep-Output"], "options" | "reading">> & {
  options: Option[];
  reading: Required<Schemas["SopReadingLimits-Output"]> | null;
};
export type Content = Required<Omit<Schemas["SopContent-Output"], "steps">> & { steps: Step[] };
export type SopFile = Omit<Schemas["SopPage"], "content" | "draft"> & {
  content: Content | null;
  draft: Content | null;
};
export type Problem = Schemas["SopProblem"];
export type Rule = Schemas["SopRuleFacts"];
export type Change = Schemas["SopChange"];
export type Diff = Schemas["SopDiff"];
export type SopVersion = Schemas["SopVersionView"];
export type Check = Schemas["SopCheck"];
export type Run = Schemas["SopRunView"];
export type RunFile = Schemas["SopRunPage"];
export type RunStep = Schemas["SopRunStep"];
export type RunRecord = Schemas["SopRecordView"];

/** How an act is sent: once, and based on what was shown. */
interface How {
  key: string;
  version?: number;
}

const at = (code: string, act = ""): string => `/v1/sops/${segment(code)}${act}`;
const sent = <T>(method: string, path: string, body: object, { key, version }: How): Promise<T> =>
  request("PUT" === method ? "PUT" : "POST", path, {
    body: version === undefined ? body : { ...body, version },
    idempotencyKey: key,
  });

export const sops = (query: Query, signal?: AbortSignal): Promise<Page<Sop>> =>
  get("/v1/sops", query, signal);
export const sop = (code: string): Promise<SopFile> => get(at(code));
export const createSop = (code: string, content: Partial<Content>, key: string): Promise<SopFile> =>
  post("/v1/sops", { code, content }, key);
export const fromArticle = (code: string, article: string, key: string): Promise<SopFile> =>
  post("/v1/sops/from-article", { code, article }, key);
export const importSop = (document: unknown, key: string): Promise<Schemas["SopTransfer"]> =>
  post("/v1/sops/import", { document }, key);
export const exportSop = (code: string): Promise<Schemas["SopDocument-Output"]> => get(at(code, "/export"));
export const checkSop = (content: Content, signal?: AbortSignal): Promise<Check> =>
  request("POST", "/v1/sops/check", { body: { content }, signal });
export const saveDraft = (code: string, content: Content, how: How): Promise<SopFile> =>
  sent("PUT", at(code, "/draft"), { content }, how);
export const setRules = (code: string, rules: Rule[], how: How): Promise<SopFile> =>
  sent("PUT", at(code, "/rules"), { rules }, how);
export const publishSop = (code: string, note: string, how: How): Promise<SopFile> =>
  sent("POST", at(code, "/publish"), { note }, how);
export type SopStepName = "discard" | "retire" | "restore";
export const stepSop = (code: string, act: SopStepName, how: How): Promise<SopFile> =>
  sent("POST", at(code, `/${act}`), {}, how);
export const diffSop = (code: string, from: number, until: number): Promise<Diff> =>
  get(at(code, "/diff"), { from, until });

export const runs = (query: Query, signal?: AbortSignal): Promise<Page<Run>> =>
  get("/v1/sop-runs", query, signal);
export const run = (id: string, language: string): Promise<RunFile> =>
  get(`/v1/sop-runs/${segment(id)}`, { language });
export const runsOfVisit = (number: string, language: string): Promise<Page<Run>> =>
  get(`/v1/work-orders/${segment(number)}/sop-runs`, { language });
export const attachRun = (
  number: string,
  body: { sop: string; required: boolean },
  key: string,
): Promise<Run> => post(`/v1/work-orders/${segment(number)}/sop-runs`, body, key);
export const withdrawRun = (id: string, reason: string, how: How): Promise<Run> =>
  sent("POST", `/v1/sop-runs/${segment(id)}/withdraw`, { reason }, how);
