/** Calls of the public door: JSON in and out, refusals as errors that name their status. */

import type { Said, Survey } from "./contract";

/** The door refused. */
export class Refused extends Error {
  constructor(readonly status: number) {
    super(`HTTP ${status}`);
  }
}

/** No usable answer came: no connection, or a time-out. */
export class Unreachable extends Error {}

const REQUEST_MS = 20_000;

/** What the holder of one survey's secret may ask. */
export class Door {
  private readonly path: string;

  constructor(token: string) {
    this.path = `/v1/public/surveys/${encodeURIComponent(token)}`;
  }

  read(lang: string): Promise<Survey> {
    return this.send(`${this.path}?lang=${encodeURIComponent(lang)}`);
  }

  answer(said: Said, lang: string): Promise<Survey> {
    return this.send(this.path, { ...said, lang });
  }

  stop(stop: boolean, lang: string): Promise<Survey> {
    return this.send(`${this.path}/stop`, { stop, lang });
  }

  private async send(path: string, body?: unknown): Promise<Survey> {
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
    if (!answer.ok) throw new Refused(answer.status);
    return JSON.parse(text) as Survey;
  }
}
