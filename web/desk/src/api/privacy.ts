/** Consent, retention, and what a person may ask. */
import { Unreachable, problemOf } from "./problem";
import { del, get, post, put, segment } from "./client";
import { fileName, saveBlob } from "./exports";
import type { components } from "./schema";
import type { Page } from "./types";

type Schemas = components["schemas"];
export type PersonPrivacy = Schemas["PersonPrivacy"];
export type Consent = Schemas["ConsentView"];
export type Hold = Schemas["HoldView"];
export type Erasure = Schemas["ErasureView"];
export type ConsentNote = Schemas["NoteView"];
export type RetentionRule = Schemas["RetentionView"];
export type RetentionDone = Schemas["RetentionDone"];

const BASE = "/v1/privacy";
const person = (id: string, act = ""): string => `${BASE}/contacts/${segment(id)}${act}`;

export const personPrivacy = (id: string): Promise<PersonPrivacy> => get(person(id));
export const recordConsent = (
  id: string,
  body: { purpose: string; given: boolean; channel: string; remark: string },
  key: string,
): Promise<Consent> => post(person(id, "/consents"), body, key);
export const placeHold = (id: string, reason: string, key: string): Promise<Hold> =>
  post(person(id, "/holds"), { reason }, key);
export const liftHold = (id: string): Promise<Hold> => del(`${BASE}/holds/${segment(id)}`);

/** Save a copy of everything that names a person; the act is written into the audit. */
export async function exportPerson(id: string): Promise<void> {
  let response: Response;
  try {
    response = await fetch(person(id, "/export"), {
      method: "POST",
      headers: { "X-Careloop": "desk" },
      credentials: "same-origin",
    });
  } catch {
    throw new Unreachable();
  }
  if (!response.ok) throw await problemOf(response);
  saveBlob(fileName(response.headers.get("Content-Disposition")) ?? `person-${id}.zip`, await response.blob());
}

export const askErasure = (
  id: string,
  body: { basis: string; reason: string },
  key: string,
): Promise<Erasure> => post(person(id, "/erasures"), body, key);
export const confirmErasure = (id: string, typed: string, key: string): Promise<Erasure> =>
  post(`${BASE}/erasures/${segment(id)}/confirm`, { typed }, key);
export const cancelErasure = (id: string, key: string): Promise<Erasure> =>
  post(`${BASE}/erasures/${segment(id)}/cancel`, {}, key);
export const erasures = (
  query: { state?: string; cursor?: string | null },
  signal?: AbortSignal,
): Promise<Page<Erasure>> => get(`${BASE}/erasures`, query, signal);

export const consentNotes = async (): Promise<ConsentNote[]> =>
  (await get<{ items: ConsentNote[] }>(`${BASE}/notes`)).items;
export const saveNote = (
  note: { purpose: string; language: string; text: string },
  key: string,
): Promise<ConsentNote> => post(`${BASE}/notes`, note, key);

export const retentionRules = async (): Promise<RetentionRule[]> =>
  (await get<{ items: RetentionRule[] }>(`${BASE}/retention`)).items;
export const setRetention = (
  kind: string,
  rule: { days: number; active: boolean; basis: string },
): Promise<unknown> => put(`${BASE}/retention/${segment(kind)}`, rule);
export const applyRetention = (key: string): Promise<RetentionDone> =>
  post(`${BASE}/retention/apply`, {}, key);
