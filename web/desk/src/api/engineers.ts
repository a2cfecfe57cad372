import { get, patch, post, request, segment } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Engineer = Schemas["EngineerNow"];
export type EngineerFile = Schemas["EngineerFile"];
export type EngineerChanges = Schemas["EngineerChanges"];
export type NewEngineer = Schemas["CreateEngineer"];
export type Absence = Schemas["AbsenceView"];
export type Certificate = EngineerFile["certificates"][number];
export type Rule = Schemas["DispatchRuleView"];
export type RuleFacts = Schemas["DispatchCreateRule"];
export type LogLine = Schemas["DispatchLogView"];

const at = (code: string, more = ""): string => `/v1/engineers/${segment(code)}${more}`;

export const engineers = (signal?: AbortSignal): Promise<{ items: Engineer[] }> =>
  get("/v1/engineers", {}, signal);
export const engineer = (code: string): Promise<EngineerFile> => get(at(code));
export const addEngineer = (body: NewEngineer, key: string): Promise<Engineer> =>
  post("/v1/engineers", body, key);
export const changeEngineer = (code: string, body: EngineerChanges): Promise<Engineer> =>
  patch(at(code), body);
export const addCertificate = (code: string, body: Record<string, unknown>, key: string) =>
  post<Certificate>(at(code, "/certificates"), body, key);
export const removeCertificate = (code: string, id: string) =>
  request("DELETE", at(code, `/certificates/${segment(id)}`));
export const addAbsence = (code: string, body: Record<string, unknown>, key: string) =>
  post<Absence>(at(code, "/absences"), body, key);
export const decideAbsence = (one: Absence, approve: boolean, key: string) =>
  post<Absence>(at(one.engineer, `/absences/${segment(one.id)}/decide`), { approve }, key);
export const cancelAbsence = (one: Absence, key: string) =>
  post<Absence>(at(one.engineer, `/absences/${segment(one.id)}/cancel`), {}, key);
export const requestedAbsences = (): Promise<{ items: Absence[] }> =>
  get("/v1/absences", { state: ["requested"] });
export const rules = (): Promise<{ items: Rule[] }> => get("/v1/dispatch/rules");
export const addRule = (body: Partial<RuleFacts>, key: string): Promise<Rule> =>
  post("/v1/dispatch/rules", body, key);
export const changeRule = (id: string, body: Partial<RuleFacts> & { version?: number }): Promise<Rule> =>
  patch(`/v1/dispatch/rules/${segment(id)}`, body);
export const removeRule = (id: string) => request("DELETE", `/v1/dispatch/rules/${segment(id)}`);
export const dispatchLog = (): Promise<{ items: LogLine[] }> => get("/v1/dispatch/log", { limit: 50 });
