/** HTTP to the chat's API: JSON in and out, RFC 9457 problems as errors, uploads with progress. */

import type { Attachment } from "./contract";

/** The server refused the request. `message` is its `detail`, written for the person. */
export class ProblemError extends Error {
  constructor(
    readonly status: number,
    detail: string,
    /** Seconds after which the request may be sent again, when the server says so. */
    readonly retryAfter: number | null = null,
  ) {
    super(detail);
    this.name = "ProblemError";
  }
}

/** No usable answer came: no connection, a time-out, or something that is not our API. */
export class NetworkError extends Error {
  constructor() {
    super("");
    this.name = "NetworkError";
  }
}

const REQUEST_MS = 20_000;

interface ProblemBody {
  detail?: unknown;
  title?: unknown;
  errors?: { retry_after?: unknown };
}

/** Reads a problem body; a body that is none gives an error with an empty message. */
export function problemFrom(status: number, body: string, retryHeader: string | null): ProblemError {
  let problem: ProblemBody = {};
  try {
    const parsed: unknown = JSON.parse(body);
    if (parsed && typeof parsed === "object") problem = parsed;
  } catch {
    // A proxy's HTML page: the status alone has to do.
  }
  const text = [problem.detail, problem.title].find((t) => typeof t === "string" && t !== "");
  const seconds = Number(problem.errors?.retry_after ?? retryHeader ?? NaN);
  return new ProblemError(
    status,
    typeof text === "string" ? text : "",
    Number.isFinite(seconds) ? Math.max(0, seconds) : null,
  );
}

export class Http {
  /** `base` ends with a slash; `token` is read at each request. */
  constructor(
    readonly base: string,
    private readonly token: () => string | null,
  ) {}

  url(path: string): string {
    return new URL(path, this.base).href;
  }

  get<T>(path: string): Promise<T> {
    return this.send<T>("GET", path);
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.send<T>("POST", path, body);
  }

  /** The bytes of an attachment. The token goes only to the API's own origin. */
  async blob(url: string): Promise<Blob> {
    const target = new URL(url, this.base);
    const own = target.origin === new URL(this.base).origin;
    try {
      const answer = await fetch(target, { headers: own ? this.authorization() : {} });
      if (!answer.ok) throw problemFrom(answer.status, await answer.text(), null);
      return await answer.blob();
    } catch (error) {
      throw error instanceof ProblemError ? error : new NetworkError();
    }
  }

  /** Uploads a file; `progress` is told the share sent, 0 to 1. Rejects when `signal` aborts. */
  upload(file: File, progress: (share: number) => void, signal: AbortSignal): Promise<Attachment> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const form = new FormData();
      form.append("file", file, file.name);
      request.open("POST", this.url("v1/chat/uploads"));
      for (const [name, value] of Object.entries(this.authorization())) {
        request.setRequestHeader(name, value);
      }
      request.upload.onprogress = (event) => {
        if (event.lengthComputable) progress(event.loaded / event.total);
      };
      request.onload = () => {
        if (request.status >= 200 && request.status < 300) {
          resolve(JSON.parse(request.responseText) as Attachment);
        } else {
          reject(problemFrom(request.status, request.responseText, request.getResponseHeader("Retry-After")));
        }
      };
      request.onerror = () => reject(new NetworkError());
      request.onabort = () => reject(new NetworkError());
      signal.addEventListener("abort", () => request.abort());
      request.send(form);
    });
  }

  private authorization(): Record<string, string> {
    const token = this.token();
    return token ? { Authorization: `Bearer ${token}` } : {};
  }

  private async send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), REQUEST_MS);
    let answer: Response;
    let text: string;
    try {
      answer = await fetch(this.url(path), {
        method,
        headers: {
          Accept: "application/json",
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
          ...this.authorization(),
        },
        body: body === undefined ? null : JSON.stringify(body),
        credentials: "omit",
        signal: stop.signal,
      });
      text = await answer.text();
    } catch {
      throw new NetworkError();
    } finally {
      clearTimeout(timer);
    }
    if (!answer.ok) throw problemFrom(answer.status, text, answer.headers.get("Retry-After"));
    if (text === "") return undefined as T;
    try {
      return JSON.parse(text) as T;
    } catch {
      throw new NetworkError();
    }
  }
}
