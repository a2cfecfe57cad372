import { del, get, post, put, request, segment } from "./client";
import type {
  SavedTerm,
  Term,
  TermImportReport,
  TermPage,
  TermProblem,
  TermProposal,
} from "./knowledgeTypes";

export interface TermQuery {
  q?: string;
  kind?: string;
  domain?: string;
  lang?: string;
  own?: boolean;
  unreviewed?: boolean;
}

const at = (key: string): string => `/v1/kb/terms/${segment(key)}`;

export const terms = (
  query: TermQuery & { cursor?: string | null; limit?: number },
  signal?: AbortSignal,
): Promise<TermPage> => get("/v1/kb/terms", { ...query }, signal);

/** Save the company's own entry; it hides a shipped one of the same key. */
export const saveTerm = (key: string, body: SavedTerm): Promise<Term> => put(at(key), body);
/** Take the own entry back; a shipped one of the same key returns. */
export const revertTerm = (key: string): Promise<unknown> => del(at(key));

export const termExport = (format: "csv" | "tbx"): string =>
  `/v1/kb/terms/export?format=${format}`;
export function importTerms(file: File, dryRun: boolean): Promise<TermImportReport> {
  const form = new FormData();
  form.append("file", file, file.name);
  form.append("dry_run", String(dryRun));
  return request("POST", "/v1/kb/terms/import", { form });
}

export const termProblems = async (): Promise<TermProblem[]> =>
  (await get<{ problems: TermProblem[] }>("/v1/kb/terms/check")).problems;

export const termProposals = async (): Promise<TermProposal[]> =>
  (await get<{ items: TermProposal[] }>("/v1/kb/terms/proposals")).items;
export const acceptProposal = (
  id: string,
  body: { key?: string; kind: string; names: Record<string, string[]> },
): Promise<Term> => post(`/v1/kb/terms/proposals/${segment(id)}/accept`, body);
export const dismissProposal = (id: string): Promise<unknown> =>
  post(`/v1/kb/terms/proposals/${segment(id)}/dismiss`);
