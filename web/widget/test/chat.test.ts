import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Chat } from "../src/chat";
import { NetworkError, problemFrom, ProblemError } from "../src/http";
import { Memory } from "../src/memory";
import { retryDelay } from "../src/retry";
import { FakeServer, FakeSocket, installSockets, message } from "./fakes";

const BASE = "https://care.example/";
let server: FakeServer;
const open: Chat[] = [];

function chat(): Chat {
  const made = new Chat(BASE, new Memory(BASE), "en", () => undefined);
  open.push(made);
  return made;
}

/** Lets the queue run, with the waits between attempts. */
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(8_000);

const texts = (of: Chat): string[] => of.transcript.messages.map((m) => m.text);

beforeEach(() => {
  vi.useFakeTimers();
  installSockets();
  localStorage.clear();
  server = new FakeServer();
  server.install();
});

afterEach(() => {
  for (const made of open.splice(0)) made.dispose();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("sending", () => {
  it("opens the session with the first message, not before", async () => {
    const one = chat();
    await one.resume();
    expect(server.calls).toEqual([]);
    one.send("hello");
    expect(one.transcript.outbox.map((o) => o.status)).toEqual(["sending"]);
    await settle();
    expect(server.bodies("sessions")).toHaveLength(1);
    expect(texts(one)).toEqual(["hello", "re: hello"]);
    expect(one.transcript.outbox).toEqual([]);
  });

  it("keeps the order in which things were said", async () => {
    const one = chat();
    server.trouble.push({ path: "messages", status: "network" });
    one.send("first");
    one.send("second");
    await settle();
    expect(texts(one)).toEqual(["first", "re: first", "second", "re: second"]);
  });

  it("repeats a lost answer with the same id, and shows the message once", async () => {
    const one = chat();
    server.trouble.push({ path: "messages", status: "network", store: true });
    one.send("hello");
    await settle();
    const ids = server.bodies("messages").map((b) => b.client_msg_id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(texts(one)).toEqual(["hello", "re: hello"]);
  });

  it("fails after three attempts and is retried by hand with the same id", async () => {
    const one = chat();
    for (let n = 0; n < 3; n += 1) server.trouble.push({ path: "messages", status: "network" });
    one.send("hello");
    await settle();
    const item = one.transcript.outbox[0];
    expect(item?.status).toBe("failed");
    if (item) one.retry(item);
    await settle();
    expect(new Set(server.bodies("messages").map((b) => b.client_msg_id)).size).toBe(1);
    expect(texts(one)).toEqual(["hello", "re: hello"]);
  });

  it("shows the server's reason and does not repeat what cannot succeed", async () => {
    const one = chat();
    server.trouble.push({ path: "messages", status: 422, body: { detail: "The text is too long." } });
    one.send("hello");
    await settle();
    expect(server.bodies("messages")).toHaveLength(1);
    expect(one.transcript.outbox[0]).toMatchObject({ status: "failed", problem: "The text is too long." });
  });

  it("waits as long as a 429 asks for", async () => {
    const one = chat();
    server.trouble.push({ path: "messages", status: 429, body: { errors: { retry_after: 5 } } });
    one.send("hello");
    await vi.advanceTimersByTimeAsync(4_500);
    expect(server.bodies("messages")).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(texts(one)).toContain("re: hello");
  });

  it("sends by itself what failed, once the browser is online again", async () => {
    const one = chat();
    for (let n = 0; n < 3; n += 1) server.trouble.push({ path: "sessions", status: "network" });
    one.send("hello");
    await settle();
    expect(one.transcript.outbox[0]?.status).toBe("failed");
    window.dispatchEvent(new Event("online"));
    await settle();
    expect(texts(one)).toEqual(["hello", "re: hello"]);
  });

  it("keeps an unsent message over a reload, under its id", async () => {
    const one = chat();
    for (let n = 0; n < 3; n += 1) server.trouble.push({ path: "messages", status: "network" });
    one.send("hello");
    await settle();
    const id = one.transcript.outbox[0]?.client_msg_id;
    one.dispose();

    const two = chat();
    expect(two.transcript.outbox.map((o) => o.client_msg_id)).toEqual([id]);
    await two.resume();
    FakeSocket.last.open();
    FakeSocket.last.frame({ type: "ping" });
    await settle();
    expect(server.messages.filter((m) => m.client_msg_id === id)).toHaveLength(1);
    expect(texts(two)).toEqual(["hello", "re: hello"]);
  });

  it("starts anew when the token is no longer known, and loses no message", async () => {
    const one = chat();
    one.send("hello");
    await settle();
    server.tokens.clear();
    one.send("again");
    await settle();
    expect(one.state?.id).toBe("c2");
    expect(texts(one)).toEqual(["again", "re: again"]);
    expect(one.transcript.outbox).toEqual([]);
  });
});

describe("receiving", () => {
  it("resumes after a reload with what was said", async () => {
    const one = chat();
    one.send("hello");
    await settle();
    one.dispose();
    const two = chat();
    await two.resume();
    expect(server.bodies("sessions").at(-1)).toMatchObject({ token: "t1" });
    expect(texts(two)).toEqual(["hello", "re: hello"]);
  });

  it("shows each seq once, whichever way it comes", async () => {
    const one = chat();
    one.send("hello");
    await settle();
    FakeSocket.last.open();
    FakeSocket.last.frame({ type: "messages", ...server.news(0) });
    FakeSocket.last.frame({ type: "messages", ...server.news(0) });
    expect(texts(one)).toEqual(["hello", "re: hello"]);
  });

  it("asks on reconnect for all after the last ordered frame, not after its own answer", async () => {
    const one = chat();
    one.send("hello");
    await settle();
    const socket = FakeSocket.last;
    socket.open();
    expect(socket.sent[0]).toMatchObject({ after_seq: 0 });
    socket.frame({ type: "messages", conversation: server.state(), messages: server.messages });
    server.messages.push(message(3, { author: "agent", text: "missed" }));
    one.send("more"); // the answer holds seq 4 and 5; seq 3 never came over the socket
    await settle();
    socket.drop();
    vi.advanceTimersByTime(1_000);
    FakeSocket.last.open();
    expect(FakeSocket.last.sent[0]).toMatchObject({ after_seq: 2 });
    FakeSocket.last.frame({ type: "messages", ...server.news(2) });
    expect(texts(one)).toEqual(["hello", "re: hello", "missed", "more", "re: more"]);
  });

  it("does not go back to an older state", async () => {
    const one = chat();
    one.send("hello");
    await settle();
    const old = { ...server.state(), owner: "queue" as const, last_seq: 1 };
    FakeSocket.last.open();
    FakeSocket.last.frame({ type: "messages", messages: [], conversation: old });
    expect(one.state?.owner).toBe("bot");
  });

  it("counts what the other side wrote as unread until it is seen", async () => {
    const one = chat();
    one.send("hello");
    await settle();
    expect(one.unread).toBe(1);
    one.markRead();
    expect(one.unread).toBe(0);
    one.dispose();
    const two = chat();
    await two.resume();
    expect(two.unread).toBe(0);
  });

  it("shows typing until the message comes", async () => {
    const one = chat();
    one.send("hello");
    await settle();
    FakeSocket.last.open();
    FakeSocket.last.frame({ type: "typing", who: "agent" });
    expect(one.typing).toBe("agent");
    server.messages.push(message(3, { author: "agent" }));
    FakeSocket.last.frame({ type: "messages", ...server.news(2) });
    expect(one.typing).toBeNull();
  });

  it("tells that the customer types, by socket, at most every few seconds", async () => {
    const one = chat();
    one.send("hello");
    await settle();
    FakeSocket.last.open();
    one.tellTyping();
    one.tellTyping();
    expect(FakeSocket.last.sent.filter((f) => f.type === "typing")).toHaveLength(1);
    FakeSocket.last.readyState = 3;
    vi.advanceTimersByTime(5_000);
    one.tellTyping();
    expect(server.bodies("typing")).toHaveLength(1);
  });

  it("forgets a closed chat when a new one starts", async () => {
    const one = chat();
    one.send("hello");
    await settle();
    one.startNew();
    expect(one.transcript.messages).toEqual([]);
    one.send("new matter");
    await settle();
    expect(one.state?.id).toBe("c2");
  });
});

describe("what the browser keeps", () => {
  it("works without storage", async () => {
    const blocked = (): Storage => {
      throw new DOMException("denied", "SecurityError");
    };
    const memory = new Memory(BASE, blocked);
    memory.set({ token: "t9" });
    expect(memory.get().token).toBe("t9");
    expect(new Memory(BASE, blocked).get().token).toBeNull();
  });

  it("is apart for each API, and survives rubbish", () => {
    new Memory("https://a.example/").set({ token: "a" });
    localStorage.setItem("careloop:https://b.example/", '{"outbox":7');
    localStorage.setItem("careloop:https://c.example/", '{"outbox":7}');
    expect(new Memory("https://a.example/").get().token).toBe("a");
    expect(new Memory("https://b.example/").get()).toMatchObject({ token: null, outbox: [] });
    expect(new Memory("https://c.example/").get().outbox).toEqual([]);
  });
});

describe("problems", () => {
  it("reads the server's words, else none", () => {
    expect(problemFrom(413, '{"detail":"Too big"}', null).message).toBe("Too big");
    expect(problemFrom(502, "<html>Bad gateway</html>", null).message).toBe("");
    expect(problemFrom(429, '{"detail":5}', "7")).toMatchObject({ message: "", retryAfter: 7 });
  });

  it("tells what is worth repeating", () => {
    expect(retryDelay(new ProblemError(422, "x"), 1)).toBeNull();
    expect(retryDelay(new ProblemError(429, "x", 3), 1)).toBe(3_000);
    expect(retryDelay(new ProblemError(429, "x", 600), 1)).toBeNull();
    expect(retryDelay(new ProblemError(503, "x"), 1)).toBeGreaterThan(500);
    expect(retryDelay(new NetworkError(), 2)).toBeGreaterThan(1_000);
  });
});
