import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { backoff, LiveLink, type LinkState } from "../src/live";
import { FakeSocket, installSockets } from "./fakes";

let states: LinkState[];
let cursor: number;
let rejected: number;
const poll = vi.fn<() => Promise<void>>();
const frames = vi.fn();

function link(): LiveLink {
  return new LiveLink({
    url: "wss://care.example/v1/chat/live",
    hello: () => ({ type: "hello", token: "t", after_seq: cursor }),
    onFrame: frames,
    onState: (state) => states.push(state),
    onRejected: () => (rejected += 1),
    poll,
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  installSockets();
  states = [];
  cursor = 0;
  rejected = 0;
  poll.mockReset().mockResolvedValue();
  frames.mockReset();
});

let live: LiveLink;
afterEach(() => {
  live?.stop();
  vi.useRealTimers();
});

describe("the live link", () => {
  it("says hello, answers pings and hands frames on", () => {
    (live = link()).start();
    FakeSocket.last.open();
    expect(FakeSocket.last.sent).toEqual([{ type: "hello", token: "t", after_seq: 0 }]);
    FakeSocket.last.frame({ type: "ping" });
    expect(FakeSocket.last.sent.at(-1)).toEqual({ type: "pong" });
    FakeSocket.last.frame({ type: "typing", who: "agent" });
    expect(frames).toHaveBeenCalledExactlyOnceWith({ type: "typing", who: "agent" });
    expect(states).toEqual(["connecting", "live"]);
  });

  it("comes back after a drop, from where it stopped", () => {
    (live = link()).start();
    FakeSocket.last.open();
    FakeSocket.last.frame({ type: "ping" });
    cursor = 7;
    FakeSocket.last.drop();
    expect(FakeSocket.all).toHaveLength(1);
    vi.advanceTimersByTime(1_000);
    expect(FakeSocket.all).toHaveLength(2);
    FakeSocket.last.open();
    expect(FakeSocket.last.sent[0]).toMatchObject({ after_seq: 7 });
  });

  it("polls when sockets fail, keeps trying them, and stops polling when one works", async () => {
    (live = link()).start();
    FakeSocket.last.drop();
    await vi.advanceTimersByTimeAsync(1_000);
    FakeSocket.last.drop();
    await vi.advanceTimersByTimeAsync(1);
    expect(poll).toHaveBeenCalledTimes(1);
    expect(states.at(-1)).toBe("polling");
    await vi.advanceTimersByTimeAsync(4_000);
    expect(poll).toHaveBeenCalledTimes(2);
    FakeSocket.last.open();
    FakeSocket.last.frame({ type: "ping" });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(poll).toHaveBeenCalledTimes(2);
    expect(states.at(-1)).toBe("live");
  });

  it("says offline when polling fails too", async () => {
    poll.mockRejectedValue(new Error());
    (live = link()).start();
    FakeSocket.last.drop();
    await vi.advanceTimersByTimeAsync(1_000);
    FakeSocket.last.drop();
    await vi.advanceTimersByTimeAsync(1);
    expect(states.at(-1)).toBe("offline");
  });

  it("drops a socket that fell silent", () => {
    (live = link()).start();
    FakeSocket.last.open();
    FakeSocket.last.frame({ type: "ping" });
    const silent = FakeSocket.last;
    vi.advanceTimersByTime(52_000);
    expect(silent.readyState).toBe(3);
    expect(FakeSocket.last).not.toBe(silent);
  });

  it("stops on a refused token and only polls where the origin is refused", async () => {
    (live = link()).start();
    FakeSocket.last.open();
    FakeSocket.last.drop(4401);
    expect(rejected).toBe(1);
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.all).toHaveLength(1);

    live.start();
    FakeSocket.last.drop(4403);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeSocket.all).toHaveLength(2);
    expect(poll.mock.calls.length).toBeGreaterThan(5);
  });

  it("tries at once when the browser is online again", () => {
    (live = link()).start();
    FakeSocket.last.open();
    window.dispatchEvent(new Event("offline"));
    expect(states.at(-1)).toBe("offline");
    window.dispatchEvent(new Event("online"));
    expect(FakeSocket.all).toHaveLength(2);
  });
});

describe("the wait before a reconnect", () => {
  it("doubles up to 30 s, and half of it is chance", () => {
    expect([0, 1, 2, 3].map((n) => backoff(n, () => 1))).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(backoff(4, () => 0)).toBe(8_000);
    expect(backoff(50, () => 1)).toBe(30_000);
  });
});
