/** Calls of the public door: JSON in and out, refusals as errors that name their status. */

import type { Act, Quote } from "./contract";

/** The door refused. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(`HTTP ${status}`);
  }
}

/** No usable answer came: no connection, or a time-out. */
export class Unreachable extends Error {}

const REQUEST_MS = 20_000;

async function send<T>(path: string, body?: unknown): Promise<T> {
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(path, {
      method: body === undefined ? "GET" : "POST",
      headers: { Accept: "application/json", ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
      body: body === undefined ? null : JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout(REQUEST_MS),
    });
    text = await answer.text();
  } catch {
    throw new Unreachable();
  }
  if (!answer.ok) throw new Refused(answer.status, codeOf(text));
  return JSON.parse(text) as T;
}

function codeOf(text: string): string {
  try {
    return (JSON.parse(text) as { code?: string }).code ?? "";
  } catch {
    return "";
  }
}

/** What the holder of one link may ask. */
export class QuoteDoor {
  private readonly path: string;

  constructor(token: string) {
    this.path = `/v1/public/quotes/${encodeURIComponent(token)}`;
  }

  get printed(): string {
    return `${this.path}/print`;
  }

  read(): Promise<Quote> {
    return send<Quote>(this.path);
  }

  act(act: Act): Promise<{ state: string; repeated: boolean }> {
    return send(this.path, act);
  }
}

/** The secret in the address, `/q/<secret>`. */
export function tokenOf(pathname: string): string {
  return /^\/q\/([A-Za-z0-9]+)\/?$/.exec(pathname)?.[1] ?? "";
}
