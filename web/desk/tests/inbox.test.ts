import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Message, SavedReply } from "../src/api/types";
import { byDay, mergeMessages } from "../src/inbox/messages";
import { fitting, shortcutIn } from "../src/inbox/shortcut";
import { keepLive } from "../src/live/socket";

const message = (seq: number, text = "", at = "2026-05-12T10:00:00Z"): Message => ({
  id: `m${seq}`, seq, author: "customer", author_name: "", internal: false, text,
  truncated: false, language: "", parts: [], attachments: [], client_msg_id: null,
  created_at: at, trace: {},
});

describe("messages", () => {
  it("merge by number, the newer copy wins, in order", () => {
    const merged = mergeMessages([message(1), message(3, "old")], [message(3, "new"), message(2)]);
    expect(merged.map(({ seq, text }) => [seq, text])).toEqual([[1, ""], [2, ""], [3, "new"]]);
  });

  it("stay the same list when nothing is new", () => {
    const known = [message(1)];
    expect(mergeMessages(known, [])).toBe(known);
  });

  it("stand under their local day", () => {
    const days = byDay([
      message(1, "", "2026-05-12T10:00:00"),
      message(2, "", "2026-05-12T23:59:00"),
      message(3, "", "2026-05-13T00:01:00"),
    ]);
    expect(days.map(({ day, messages }) => [day, messages.length])).toEqual([
      ["2026-05-12", 2],
      ["2026-05-13", 1],
    ]);
  });
});

describe("saved replies", () => {
  const reply = (shortcut: string, language: string, title = ""): SavedReply => ({
    id: shortcut + language, shortcut, language, title, text: "",
  });

  it.each([["/", ""], ["/hel", "hel"], ["/你好", "你好"], ["hello /x", null], ["/a b", null]])(
    "read the shortcut in %j",
    (text, expected) => expect(shortcutIn(text)).toBe(expected),
  );

  it("come in the customer's language first, then by how well they fit", () => {
    const all = [reply("visit", "en", "hello"), reply("hello", "en"), reply("hello", "de"), reply("bye", "de")];
    const found = fitting(all, "hel", "de").map((one) => one.id);
    expect(found).toEqual(["hellode", "helloen", "visiten"]);
  });
});

class FakeSocket {
  static all: FakeSocket[] = [];
  onopen?: () => void;
  onclose?: (event: { code: number }) => void;
  onmessage?: (event: { data: string }) => void;
  sent: string[] = [];
  constructor() {
    FakeSocket.all.push(this);
  }
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.onclose?.({ code: 1006 });
  }
}

describe("live socket", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    FakeSocket.all = [];
  });
  afterEach(() => void vi.useRealTimers());

  const start = () => {
    const frames: unknown[] = [];
    const states: boolean[] = [];
    const denied = vi.fn();
    const stop = keepLive({
      url: "ws://x", onFrame: (frame) => frames.push(frame), onState: (now) => states.push(now),
      onDenied: denied, open: () => new FakeSocket() as unknown as WebSocket,
    });
    return { frames, states, denied, stop, socket: () => FakeSocket.all.at(-1)! };
  };

  it("answers pings itself, hands on frames and drops rubbish", () => {
    const live = start();
    live.socket().onopen?.();
    live.socket().onmessage?.({ data: '{"type":"ping"}' });
    live.socket().onmessage?.({ data: "{no json" });
    live.socket().onmessage?.({ data: '{"type":"conversation","id":"c1"}' });
    expect(live.socket().sent).toEqual(['{"type":"pong"}']);
    expect(live.frames).toEqual([{ type: "conversation", id: "c1" }]);
    live.stop();
  });

  it("comes back after a break, and not after it was stopped", () => {
    const live = start();
    live.socket().onopen?.();
    live.socket().close();
    expect(live.states).toEqual([true, false]);
    vi.advanceTimersByTime(2_000);
    expect(FakeSocket.all).toHaveLength(2);
    live.stop();
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it("takes a long silence for a dead line", () => {
    const live = start();
    live.socket().onopen?.();
    vi.advanceTimersByTime(51_000);
    expect(live.states.at(-1)).toBe(false);
    live.stop();
  });

  it("does not knock again once the login has ended", () => {
    const live = start();
    live.socket().onclose?.({ code: 4401 });
    vi.advanceTimersByTime(60_000);
    expect(live.denied).toHaveBeenCalledOnce();
    expect(FakeSocket.all).toHaveLength(1);
  });
});
