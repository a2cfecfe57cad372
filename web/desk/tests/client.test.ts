import type { OpenTicket } from "../src/api/types";
import { afterEach, describe, expect, it, vi } from "vitest";
import { onLoggedOut, request, urlOf } from "../src/api/client";
import { me } from "../src/api/account";
import { messages } from "../src/api/conversations";
import { ApiProblem, Unreachable } from "../src/api/problem";
import { changeTicket, openTicket } from "../src/api/tickets";

const answer = (status: number, body?: unknown, type = "application/json") =>
  new Response(body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body), {
    status,
    headers: { "Content-Type": type },
  });

function backend(reply: () => Response | Promise<Response>) {
  const calls: { url: string; init: RequestInit }[] = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    calls.push({ url, init });
    return reply();
  });
  return calls;
}

afterEach(() => {
  vi.unstubAllGlobals();
  onLoggedOut(() => undefined);
});

describe("urlOf", () => {
  it("leaves out what is empty and repeats lists", () => {
    const url = urlOf("/v1/tickets", { q: "", state: ["new", "closed"], cursor: null, limit: 5 });
    expect(url).toBe("/v1/tickets?state=new&state=closed&limit=5");
  });

  it("escapes what people type", () => {
    expect(urlOf("/v1/assets", { q: "a&b=中" })).toBe("/v1/assets?q=a%26b%3D%E4%B8%AD");
  });
});

describe("request", () => {
  it("marks every unsafe call as coming from the desk, and no other", async () => {
    const calls = backend(() => answer(200, {}));
    await request("GET", "/v1/me");
    await request("POST", "/v1/tickets", { body: {}, idempotencyKey: "k1" });
    const [read, write] = calls.map((call) => new Headers(call.init.headers));
    expect(read?.has("X-Careloop")).toBe(false);
    expect(write?.get("X-Careloop")).toBe("desk");
    expect(write?.get("Idempotency-Key")).toBe("k1");
    expect(write?.get("Content-Type")).toBe("application/json");
  });

  it("lets the browser name the type of a form", async () => {
    const calls = backend(() => answer(201, {}));
    await request("POST", "/v1/x", { form: new FormData() });
    expect(new Headers(calls[0]?.init.headers).has("Content-Type")).toBe(false);
  });

  it("answers nothing for 204", async () => {
    backend(() => answer(204));
    expect(await request("POST", "/v1/auth/logout")).toBeUndefined();
  });

  it("throws the problem with its detail, code and errors", async () => {
    backend(() =>
      answer(409, { title: "Conflict", detail: "A colleague has it", code: "conflict", errors: { a: 1 } }),
    );
    const problem: unknown = await request("POST", "/v1/x").catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(ApiProblem);
    expect(problem).toMatchObject({
      status: 409,
      code: "conflict",
      detail: "A colleague has it",
      errors: { a: 1 },
    });
  });

  it("copes with an answer that is no problem document", async () => {
    backend(() => answer(502, "<html>Bad gateway</html>", "text/html"));
    const problem: unknown = await request("GET", "/v1/x").catch((error: unknown) => error);
    expect(problem).toMatchObject({ status: 502, code: "http_502", detail: "" });
  });

  it("tells a missing network from a refusal", async () => {
    backend(() => Promise.reject(new TypeError("Failed to fetch")));
    await expect(request("GET", "/v1/x")).rejects.toBeInstanceOf(Unreachable);
  });

  it("passes on that it was called off", async () => {
    backend(() => Promise.reject(new DOMException("stop", "AbortError")));
    await expect(request("GET", "/v1/x")).rejects.toThrow("stop");
  });

  it("ends the session on 401, but not while logging in", async () => {
    const ended = vi.fn();
    onLoggedOut(ended);
    backend(() => answer(401, { detail: "Login needed", code: "unauthenticated" }));
    await request("POST", "/v1/auth/login").catch(() => undefined);
    expect(ended).not.toHaveBeenCalled();
    await request("GET", "/v1/tickets").catch(() => undefined);
    expect(ended).toHaveBeenCalledOnce();
  });
});

describe("calls", () => {
  it("reads nobody as null", async () => {
    backend(() => answer(401, { detail: "Login needed" }));
    expect(await me()).toBeNull();
  });

  it("asks for messages after the last one known", async () => {
    const calls = backend(() => answer(200, { messages: [] }));
    await messages("a/b", 7);
    expect(calls[0]?.url).toBe("/v1/conversations/a%2Fb/messages?after_seq=7");
  });

  it("sends the version a change is based on", async () => {
    const calls = backend(() => answer(200, {}));
    await changeTicket("TK-1", { assignee_id: "" }, 3);
    expect(calls[0]).toMatchObject({ url: "/v1/tickets/TK-1" });
    expect(JSON.parse(String(calls[0]?.init.body))).toEqual({ assignee_id: "", version: 3 });
  });

  it("opens a ticket once however often it is sent", async () => {
    const calls = backend(() => answer(201, {}));
    const draft = {
      type: "incident" as const, title: "t", description: "", priority: "normal" as const,
      language: "en", serial: "", model: "", callback_phone: "",
    } as OpenTicket;
    await openTicket(draft, "key-1");
    await openTicket(draft, "key-1");
    const keys = calls.map((call) => new Headers(call.init.headers).get("Idempotency-Key"));
    expect(keys).toEqual(["key-1", "key-1"]);
  });
});
