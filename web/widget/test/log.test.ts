import { beforeEach, describe, expect, it, vi } from "vitest";
import { Chat } from "../src/chat";
import type { Message, Part } from "../src/contract";
import { I18n } from "../src/i18n";
import { Memory } from "../src/memory";
import { Log } from "../src/view/log";
import type { Surface } from "../src/view/surface";
import { FakeServer, installSockets, message } from "./fakes";

let chat: Chat;
let log: Log;

function surface(): Surface {
  return {
    chat,
    i18n: new I18n("en"),
    origin: "https://care.example",
    complain: vi.fn(),
    setLanguage: vi.fn(),
    close: vi.fn(),
  };
}

function show(...messages: Message[]): void {
  chat.transcript.merge(messages, true);
  log.update();
}

const reply = (seq: number, ...parts: Part[]): Message => message(seq, { parts });
const rows = (): string[] => [...log.node.querySelectorAll(".row")].map((row) => row.className);
const button = (text: string): HTMLButtonElement => {
  const found = [...log.node.querySelectorAll("button")].find((b) => b.textContent?.includes(text));
  if (!found) throw new Error(`no button "${text}"`);
  return found;
};

beforeEach(() => {
  installSockets();
  localStorage.clear();
  new FakeServer().install();
  chat = new Chat("https://care.example/", new Memory("https://care.example/"), "en", () => undefined);
  log = new Log(surface());
});

describe("the log", () => {
  it("sends a quick reply once, shows its label, and takes the buttons away", () => {
    const send = vi.spyOn(chat, "send");
    show(reply(1, { kind: "quick_replies", options: [{ label: "Yes, please", value: "confirm:7" }] }));
    const yes = button("Yes, please");
    yes.click();
    yes.click();
    log.update();
    expect(send).toHaveBeenCalledExactlyOnceWith("confirm:7");
    expect(log.node.querySelector(".customer .bubble")?.textContent).toBe("Yes, please");
    expect(log.node.querySelector<HTMLElement>(".choices")?.hidden).toBe(true);
  });

  it("keeps the customer's row when the server confirms it", () => {
    chat.send("hello");
    log.update();
    const before = log.node.querySelector(".customer");
    const id = chat.transcript.outbox[0]?.client_msg_id ?? null;
    show(message(1, { author: "customer", text: "hello", client_msg_id: id }));
    expect(log.node.querySelectorAll(".customer")).toHaveLength(1);
    expect(log.node.querySelector(".customer")).toBe(before);
    expect(before?.textContent).toContain("Sent");
  });

  it("puts late messages in their place", () => {
    show(reply(1), reply(3));
    show(message(2, { author: "agent" }));
    expect(rows().map((row) => row.split(" ")[1])).toEqual(["bot", "agent", "bot"]);
  });

  it("opens the passage of a source, with its language, and closes it again", () => {
    const item = { document: "D1", title: "Manual", section: "A > B", page: 3, lang: "zh", excerpt: "**x**" };
    show(reply(1, { kind: "sources", items: [item, { ...item, excerpt: "second" }] }));
    expect(log.node.querySelectorAll(".source-chip")).toHaveLength(1);
    button("Manual").click();
    const passage = log.node.querySelector<HTMLElement>(".passage");
    expect(passage?.hidden).toBe(false);
    expect(passage?.textContent).toContain("A > B · page 3");
    expect(passage?.textContent).toContain("In Chinese");
    expect(passage?.textContent).toContain("second");
    expect(passage?.querySelector("strong + div + div")?.innerHTML).toBe("<p><strong>x</strong></p>");
    button("Manual").click();
    expect(passage?.hidden).toBe(true);
  });

  it("leaves out parts it does not know", () => {
    show(reply(1, { kind: "hologram" } as unknown as Part));
    expect(rows()).toHaveLength(1);
  });

  it("marks an answer in another language, and what an AI wrote", () => {
    show(message(1, { language: "zh" }));
    const who = log.node.querySelector(".who");
    expect(who?.textContent).toContain("In Chinese");
    expect(who?.textContent).toContain("Written by AI");
  });

  it("shows hazards before what to do", () => {
    const options = [{ label: "Done", value: "done" }];
    show(reply(1, { kind: "step", index: 2, total: 5, title: "T", text: "Do it", hazards: ["Laser"], options }));
    const card = log.node.querySelector(".step-card")?.textContent ?? "";
    expect(card).toContain("Step 2 of 5");
    expect(card.indexOf("Laser")).toBeLessThan(card.indexOf("Do it"));
  });

  it("offers retry and discard for what failed", () => {
    chat.send("hello");
    const item = chat.transcript.outbox[0];
    if (item) Object.assign(item, { status: "failed", problem: "Too long." });
    log.update();
    expect(log.node.querySelector(".failure")?.textContent).toContain("Too long.");
    button("Discard").click();
    log.update();
    expect(rows()).toEqual([]);
  });

  it("thanks for a rating", () => {
    show(reply(1, { kind: "rating", scale: 5 }));
    expect(log.node.querySelectorAll("input[type=radio]")).toHaveLength(5);
    chat.state = {
      id: "c1", state: "closed", owner: "bot", agent_name: "", last_seq: 1,
      waiting_since: null, wait_minutes: null, rating: 4, language: "en",
    };
    log.update();
    expect(log.node.querySelectorAll(".star.full")).toHaveLength(4);
    expect(log.node.textContent).toContain("Thank you");
  });
});
