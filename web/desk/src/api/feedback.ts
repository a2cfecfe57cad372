import { get, patch, post, put, segment } from "./client";
import type { Query } from "./client";
import type { components } from "./schema";
import type { Page } from "./types";

type Schemas = components["schemas"];
export type Feedback = Schemas["FeedbackView"];
export type FeedbackSummary = Schemas["FeedbackSummary"];
export type Scores = Schemas["Scores"];
export type SurveySettings = Schemas["SettingsView"];
export type SettingsPreview = Schemas["SettingsPreview"];
export type PublicSurvey = Schemas["PublicSurvey"];
export type Callback = Schemas["CallbackView"];
export type Survey = Schemas["SurveyView"];
export type AskedSurvey = Schemas["AskedSurvey"];
export type ReasonTag = Schemas["ReasonTag"];

/** How an act is sent: acts once, based on what was shown. */
interface How {
  key: string;
  version?: number;
}

export const feedback = (query: Query, signal?: AbortSignal): Promise<Page<Feedback>> =>
  get("/v1/feedback", query, signal);
export const feedbackSummary = (query: Query): Promise<FeedbackSummary> =>
  get("/v1/feedback/summary", query);
export const surveySettings = (): Promise<SurveySettings> => get("/v1/feedback/settings");
export const saveSettings = (body: object, version?: number): Promise<SurveySettings> =>
  put("/v1/feedback/settings", { ...body, version });
export const previewSettings = (body: object, lang: string): Promise<SettingsPreview> =>
  post(`/v1/feedback/settings/preview?lang=${segment(lang)}`, body);

export const callbacks = (query: Query, signal?: AbortSignal): Promise<Page<Callback>> =>
  get("/v1/callbacks", query, signal);
const at = (id: string, act = ""): string => `/v1/callbacks/${segment(id)}${act}`;
export const finishCallback = (id: string, body: object, how: How): Promise<Callback> =>
  post(at(id, "/done"), { ...body, version: how.version }, how.key);
export const postponeCallback = (id: string, body: object, how: How): Promise<Callback> =>
  post(at(id, "/postpone"), { ...body, version: how.version }, how.key);
export const changeCallback = (id: string, body: object, how: How): Promise<Callback> =>
  patch(at(id), { ...body, version: how.version });
export const createCallback = (body: object, how: How): Promise<Callback> =>
  post("/v1/callbacks", body, how.key);

export const surveysOf = async (ticket: string): Promise<Survey[]> =>
  (await get<{ items: Survey[] }>(`/v1/tickets/${segment(ticket)}/surveys`)).items;
export const askNow = (ticket: string, way: string, key: string): Promise<AskedSurvey> =>
  post(`/v1/tickets/${segment(ticket)}/survey`, { way }, key);
