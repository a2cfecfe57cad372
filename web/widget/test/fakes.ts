/** Doubles of the browser's sockets and of the chat's server, for the transport's tests. */

import { vi } from "vitest";
import type { ChatState, Message, MessagesAnswer } from "../src/contract";

export class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = 0;
  sent: Record<string, unknown>[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }

  static get last(): FakeSocket {
    const socket = FakeSocket.all.at(-1);
    if (!socket) throw new Error("no socket was opened");
    return socket;
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  frame(frame: unknown): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  drop(code = 1006): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }

  send(data: string): void {
    this.sent.push(JSON.parse(data) as Record<string, unknown>);
  }

  close(): void {
    this.readyState = 3;
  }
}

export function installSockets(): void {
  FakeSocket.all = [];
  vi.stubGlobal("WebSocket", FakeSocket);
}

export function message(seq: number, over: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`,
    seq,
    author: "bot",
    author_name: "",
    text: `text ${seq}`,
    truncated: false,
    language: "en",
    parts: [],
    attachments: [],
    client_msg_id: null,
    created_at: "2026-11-22T08:00:00Z",
    ...over,
  };
}

/** Keeps one conversation as the server does: a client_msg_id is stored once. */
export class FakeServer {
  tokens = new Set<string>();
  messages: Message[] = [];
  calls: { method: string; path: string; body: Record<string, unknown>; token: string }[] = [];
  /** What the next requests to a path meet instead of the server. */
  trouble: { path: string; status: number | "network"; body?: unknown; store?: boolean }[] = [];
  private opened = 0;

  install(): void {
    vi.stubGlobal("fetch", (url: string, init: RequestInit) => this.answer(new URL(url), init));
  }

  state(): ChatState {
    return {
      id: `c${this.opened}`,
      state: "open",
      owner: "bot",
      agent_name: "",
      last_seq: this.messages.length,
      waiting_since: null,
      wait_minutes: null,
      rating: null,
      language: "en",
    };
  }

  bodies(path: string): Record<string, unknown>[] {
    return this.calls.filter((call) => call.path === path && call.method === "POST").map((call) => call.body);
  }

  private async answer(url: URL, init: RequestInit): Promise<Response> {
    const path = url.pathname.replace("/v1/chat/", "");
    const body = init.body ? (JSON.parse(String(init.body)) as Record<string, unknown>) : {};
    const token = new Headers(init.headers).get("Authorization")?.replace("Bearer ", "") ?? "";
    this.calls.push({ method: init.method ?? "GET", path, body, token });
    const index = this.trouble.findIndex((trouble) => trouble.path === path);
    const trouble = this.trouble[index];
    if (trouble) {
      this.trouble.splice(index, 1);
      if (trouble.store) this.route(url, path, init.method ?? "GET", body);
      if (trouble.status === "network") throw new TypeError("Failed to fetch");
      return json(trouble.status, trouble.body ?? {});
    }
    if (path !== "sessions" && path !== "config" && !this.tokens.has(token)) {
      return json(401, { detail: "Unknown token" });
    }
    return json(200, this.route(url, path, init.method ?? "GET", body));
  }

  private route(url: URL, path: string, method: string, body: Record<string, unknown>): unknown {
    if (path === "sessions") return this.session(String(body.token ?? ""));
    if (path === "messages" && method === "POST") return this.store(body);
    if (path === "messages") return this.news(Number(url.searchParams.get("after_seq")));
    return {};
  }

  private session(token: string): unknown {
    if (this.tokens.has(token)) return { token, resumed: true, conversation: this.state() };
    this.opened += 1;
    this.messages = [];
    this.tokens.add(`t${this.opened}`);
    return { token: `t${this.opened}`, resumed: false, conversation: this.state() };
  }

  private store(body: Record<string, unknown>): MessagesAnswer {
    const id = String(body.client_msg_id);
    let stored = this.messages.find((m) => m.client_msg_id === id);
    if (!stored) {
      const text = String(body.text);
      stored = message(this.messages.length + 1, { author: "customer", text, client_msg_id: id });
      this.messages.push(stored, message(this.messages.length + 2, { text: `re: ${text}` }));
    }
    return this.news(stored.seq - 1);
  }

  news(after: number): MessagesAnswer {
    return { conversation: this.state(), messages: this.messages.filter((m) => m.seq > after) };
  }
}

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status });
}
