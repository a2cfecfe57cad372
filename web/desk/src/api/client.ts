import { Unreachable, problemOf } from "./problem";

type Scalar = string | number | boolean;
export type Query = Record<string, Scalar | Scalar[] | null | undefined>;

export interface RequestOptions {
  query?: Query;
  body?: unknown;
  form?: FormData;
  signal?: AbortSignal;
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
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined && one !== "") params.append(name, String(one));
    }
  }
  const search = params.toString();
  return search ? `${path}?${search}` : path;
}

function headersOf(method: string, options: RequestOptions): Headers {
  const headers = new Headers({ Accept: "application/json" });
  if (method !== "GET") headers.set("X-Careloop", "desk");
  if (options.body !== undefined) headers.set("Content-Type", "application/json");
  if (options.idempotencyKey) headers.set("Idempotency-Key", options.idempotencyKey);
  return headers;
}

/**
 * One call of the backend. Throws `ApiProblem` for an answer that says no and `Unreachable`
 * when there is none; 401 outside the login also ends the session of the desk.
 */
export async function request<T>(
  method: string,
  path: string,
  options: RequestOptions = {},
): Promise<T> {
  const body = options.form ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  let response: Response;
  try {
    response = await fetch(urlOf(path, options.query), {
      method,
      body,
      headers: headersOf(method, options),
      credentials: "same-origin",
      signal: options.signal,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unreachable();
  }
  if (!response.ok) {
    if (response.status === 401 && !path.startsWith("/v1/auth/")) whenLoggedOut();
    throw await problemOf(response);
  }
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
  request<T>("GET", path, { query, signal });
export const post = <T>(path: string, body: unknown = {}, idempotencyKey?: string): Promise<T> =>
  request<T>("POST", path, { body, idempotencyKey });
export const put = <T>(path: string, body: unknown): Promise<T> =>
  request<T>("PUT", path, { body });
export const patch = <T>(path: string, body: unknown): Promise<T> =>
  request<T>("PATCH", path, { body });
export const del = <T>(path: string): Promise<T> => request<T>("DELETE", path);

export const segment = (value: string): string => encodeURIComponent(value);
