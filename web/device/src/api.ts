/** Calls of the public door: JSON in and out, refusals as errors that name their status. */

import type { ArticleText, Consent, Device, Report, Sent, StoredPhoto } from "./contract";

/** The door refused. `retryAfter` is in seconds. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly retryAfter: number,
  ) {
    super(`HTTP ${status}`);
  }
}

/** No usable answer came: no connection, or a time-out. */
export class Unreachable extends Error {}

const REQUEST_MS = 20_000;
const UPLOAD_MS = 120_000;

async function send<T>(path: string, body?: unknown): Promise<T> {
  const form = body instanceof FormData;
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(`/v1/public/${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        Accept: "application/json",
        ...(body === undefined || form ? {} : { "Content-Type": "application/json" }),
      },
      body: body === undefined ? null : form ? body : JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout(form ? UPLOAD_MS : REQUEST_MS),
    });
    text = await answer.text();
  } catch {
    throw new Unreachable();
  }
  if (!answer.ok) throw new Refused(answer.status, retryAfter(text, answer.headers.get("Retry-After")));
  return JSON.parse(text) as T;
}

function retryAfter(body: string, header: string | null): number {
  try {
    const told = (JSON.parse(body) as { errors?: { retry_after?: number } }).errors?.retry_after;
    return Number(told ?? header ?? 60) || 60;
  } catch {
    return Number(header ?? 60) || 60;
  }
}

function upload(path: string, photo: Blob, name: string): Promise<StoredPhoto> {
  const form = new FormData();
  form.append("file", photo, name);
  return send<StoredPhoto>(path, form);
}

/** What a device's page may ask. */
export class DeviceDoor {
  private readonly path: string;

  constructor(
    code: string,
    private readonly language: string,
  ) {
    this.path = `devices/${encodeURIComponent(code)}`;
  }

  read(): Promise<Device> {
    return send(`${this.path}?lang=${this.language}`);
  }

  article(key: string): Promise<ArticleText> {
    return send(`${this.path}/articles/${encodeURIComponent(key)}?lang=${this.language}`);
  }

  upload(photo: Blob, name: string): Promise<StoredPhoto> {
    return upload(`${this.path}/uploads`, photo, name);
  }

  report(body: unknown): Promise<Sent> {
    return send(`${this.path}/reports`, body);
  }
}

/** What the holder of a follow secret may ask. */
export class ReportDoor {
  private readonly path: string;

  constructor(token: string) {
    this.path = `reports/${encodeURIComponent(token)}`;
  }

  read(): Promise<Report> {
    return send(this.path);
  }

  upload(photo: Blob, name: string): Promise<StoredPhoto> {
    return upload(`${this.path}/uploads`, photo, name);
  }

  add(body: unknown): Promise<Report> {
    return send(`${this.path}/additions`, body);
  }

  judge(works: boolean): Promise<Report> {
    return send(`${this.path}/judgement`, { works });
  }

  async consents(language: string): Promise<Consent[]> {
    return (await send<{ items: Consent[] }>(`${this.path}/consent?lang=${language}`)).items;
  }

  /** The word is noted under the very text that was shown. */
  async consent(one: Consent, given: boolean): Promise<void> {
    const { purpose, language, note_number } = one;
    await send(`${this.path}/consent`, { purpose, given, language, note_number });
  }
}
