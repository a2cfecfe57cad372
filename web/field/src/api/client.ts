import { Unreachable, problemOf } from "./problem";

type Scalar = string | number | boolean;
export type Query = Record<string, Scalar | readonly Scalar[] | null | undefined>;

const READ_PATIENCE = 20_000;
const ACT_PATIENCE = 60_000;

export interface RequestOptions {
  query?: Query;
  body?: unknown;
  form?: FormData;
  /** The same key makes a repeated POST act once. */
  idempotencyKey?: string;
}

let whenLoggedOut: () => void = () => undefined;

/** Called once by the app: what happens when a session has ended. */
export function onLoggedOut(listener: () => void): void {
  whenLoggedOut = listener;
}

/** `path` with its query; empty and missing values are left out, lists are repeated. */
export function urlOf(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const values = Array.isArray(value) ? (value as readonly Scalar[]) : [value as Scalar];
    for (const one of values) {
      if (one !== null && one !== undefined && one !== "") params.append(name, String(one));
    }
  }
  const search = params.toString();
  return search ? `${path}?${search}` : path;
}

function headersOf(method: string, options: RequestOptions): Headers {
  const headers = new Headers({ Accept: "application/json" });
  if (method !== "GET") headers.set("X-Careloop", "field");
  if (options.body !== undefined) headers.set("Content-Type", "application/json");
  if (options.idempotencyKey) headers.set("Idempotency-Key", options.idempotencyKey);
  return headers;
}

/** Ends a request that hangs, as phones between two cells do. */
const patience = (method: string): AbortSignal =>
  AbortSignal.timeout(method === "GET" ? READ_PATIENCE : ACT_PATIENCE);

/**
 * One call of the backend. Throws `ApiProblem` for an answer that says no and `Unreachable`
 * when there is none; 401 outside the login also ends the session of the app.
 */
export async function request<T>(
  method: string,
  path: string,
  options: RequestOptions = {},
): Promise<T> {
  const body = options.form ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  try {
    const response = await fetch(urlOf(path, options.query), {
      method,
      body,
      headers: headersOf(method, options),
      credentials: "same-origin",
      signal: patience(method),
    });
    if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
    if (response.status === 401 && !path.startsWith("/v1/auth/")) whenLoggedOut();
    throw await problemOf(response);
  } catch (error) {
    // A network error, a timeout, or an answer that broke off in the middle.
    if (error instanceof TypeError || error instanceof DOMException || error instanceof SyntaxError) {
      throw new Unreachable();
    }
    throw error;
  }
}

export const get = <T>(path: string, query?: Query): Promise<T> => request<T>("GET", path, { query });
export const post = <T>(path: string, body: unknown = {}, idempotencyKey?: string): Promise<T> =>
  request<T>("POST", path, { body, idempotencyKey });

export const segment = (value: string): string => encodeURIComponent(value);
