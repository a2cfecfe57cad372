/** Tables that come in as files, and what can go out. */
import { get, post, request, segment } from "./client";
import type { components } from "./schema";
import type { Page } from "./types";

type Schemas = components["schemas"];
export type ExchangeForms = Schemas["ExchangeForms"];
export type ExchangeForm = Schemas["ExchangeFormsFormView"];
export type ImportRun = Schemas["ImportRunView"];
export type ImportRunFile = Schemas["ImportRunPage"];
export type ImportReport = NonNullable<ImportRunFile["report"]>;
export type RowFault = Schemas["RowError"];

export interface ImportOptions {
  time_zone: string;
  country: string;
  currency: string;
}

export const exchangeForms = (): Promise<ExchangeForms> => get("/v1/exchange/forms");

/** Hand files in to be checked; nothing is loaded before they are applied. */
export function checkFiles(files: File[], options: ImportOptions, key: string): Promise<ImportRun> {
  const form = new FormData();
  for (const file of files) form.append("files", file);
  for (const [name, value] of Object.entries(options)) if (value) form.append(name, value);
  return request("POST", "/v1/imports", { query: { dry_run: true }, form, idempotencyKey: key });
}
export const applyImport = (id: string, key: string): Promise<ImportRun> =>
  post(`/v1/imports/${segment(id)}/apply`, {}, key);
export const importRun = (id: string): Promise<ImportRunFile> => get(`/v1/imports/${segment(id)}`);
export const importRuns = (cursor: string | null, signal?: AbortSignal): Promise<Page<ImportRun>> =>
  get("/v1/imports", { cursor, limit: 20 }, signal);
export const importFaults = (id: string): string => `/v1/imports/${segment(id)}/errors.csv`;
