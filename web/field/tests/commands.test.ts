import { describe, expect, it } from "vitest";
import { ApiProblem, Unreachable } from "../src/api/problem";
import { Outbox, PAUSES } from "../src/commands/commands";
import type { Act, Command, CommandStore } from "../src/commands/commands";
import { memoryStore } from "../src/commands/store";

const part: Act = { kind: "parts", subject: "WO-1", path: "/v1/work-orders/WO-1/parts", body: { part: "P" } };

/** A server that remembers keys as ours does: the same key acts once and answers the same. */
class Server {
  acts: string[] = [];
  sent: Command[] = [];
  private answers = new Map<string, unknown>();
  /** What happens to the answers to come: "lost" acts and says nothing. */
  plan: ("lost" | "down" | ApiProblem)[] = [];

  send = async (command: Command): Promise<unknown> => {
    this.sent.push({ ...command });
    const next = this.plan.shift();
    if (next === "down") throw new Unreachable();
    if (next instanceof ApiProblem) throw next;
    if (!this.answers.has(command.id)) {
      this.acts.push(JSON.stringify(command.body));
      this.answers.set(command.id, { number: this.acts.length });
    }
    if (next === "lost") throw new Unreachable();
    return this.answers.get(command.id);
  };
}

function open(server: Server, store: CommandStore = memoryStore(), user = "u1") {
  let ids = 0;
  const outbox = new Outbox({
    store, send: server.send, now: () => new Date("2026-11-22T08:00:00Z"),
    newId: () => `id-${(ids += 1)}`, pause: () => Promise.resolve(),
  });
  return outbox.open(user).then(() => outbox);
}

describe("an act", () => {
  it("carries its id and the device's time in the body, the same on every attempt", async () => {
    const server = new Server();
    server.plan = ["down", "down"];
    const outbox = await open(server);
    expect(await outbox.add(part)).toEqual({ state: "done", answer: { number: 1 } });
    expect(server.sent).toHaveLength(3);
    for (const one of server.sent) {
      expect(one.id).toBe("id-1");
      expect(one.body).toEqual({ part: "P", command_id: "id-1", happened_at: "2026-11-22T08:00:00.000Z" });
    }
  });

  it("is not done twice when the answer is lost after the server acted", async () => {
    const server = new Server();
    server.plan = ["lost"];
    const outbox = await open(server);
    expect((await outbox.add(part)).state).toBe("done");
    expect(server.acts).toHaveLength(1);
    expect(outbox.snapshot()).toEqual([]);
  });

  it("waits after a burst of failures, visibly, and goes on by a tap with the same key", async () => {
    const server = new Server();
    server.plan = Array.from({ length: PAUSES.length + 1 }, () => "down" as const);
    const outbox = await open(server);
    expect(await outbox.add(part)).toEqual({ state: "waiting" });
    expect(outbox.snapshot()).toMatchObject([{ id: "id-1", state: "waiting", attempts: PAUSES.length + 1 }]);
    outbox.retry("id-1");
    await expect.poll(() => outbox.snapshot()).toEqual([]);
    expect(new Set(server.sent.map((one) => one.id))).toEqual(new Set(["id-1"]));
    expect(server.acts).toHaveLength(1);
  });

  it("survives the page: a new one takes it up with the same id", async () => {
    const [server, store] = [new Server(), memoryStore()];
    server.plan = Array.from({ length: PAUSES.length + 1 }, () => "lost" as const);
    const before = await open(server, store);
    await before.add(part);
    const after = await open(server, store);
    await expect.poll(() => after.snapshot()).toEqual([]);
    expect(server.acts).toHaveLength(1);
    expect(await store.all()).toEqual([]);
  });

  it("of another person on the same phone is not sent", async () => {
    const [server, store] = [new Server(), memoryStore()];
    server.plan = Array.from({ length: PAUSES.length + 1 }, () => "down" as const);
    await (await open(server, store)).add(part);
    const sent = server.sent.length;
    const other = await open(server, store, "u2");
    expect(other.snapshot()).toEqual([]);
    expect(server.sent).toHaveLength(sent);
    expect(await store.all()).toHaveLength(1);
  });

  it("is not sent under the name of whoever logs in next, though it was on its way", async () => {
    const server = new Server();
    server.plan = ["down"];
    let outbox: Outbox | undefined;
    outbox = new Outbox({
      store: memoryStore(), send: server.send, newId: () => "id-1",
      pause: async () => {
        outbox?.close();
        await outbox?.open("u2");
      },
    });
    await outbox.open("u1");
    expect(await outbox.add(part)).toEqual({ state: "waiting" });
    expect(server.sent).toHaveLength(1);
    expect(outbox.snapshot()).toEqual([]);
    await outbox.open("u1");
    await expect.poll(() => server.acts).toHaveLength(1);
  });

  it("that is refused comes back to its form and is not kept", async () => {
    const server = new Server();
    const refused = new ApiProblem(409, "stock_shortage", "There are 0");
    server.plan = [refused];
    const outbox = await open(server);
    expect(await outbox.add(part)).toEqual({ state: "refused", problem: refused });
    expect(outbox.snapshot()).toEqual([]);
  });

  it("that is refused late stays with its reason until it is dropped", async () => {
    const server = new Server();
    server.plan = [...Array.from({ length: PAUSES.length + 1 }, () => "down" as const), new ApiProblem(409, "stock_shortage", "no")];
    const outbox = await open(server);
    await outbox.add(part);
    outbox.resume();
    await expect.poll(() => outbox.snapshot()[0]?.state).toBe("refused");
    expect(outbox.snapshot()[0]?.failure).toMatchObject({ code: "stock_shortage" });
    await outbox.drop("id-1");
    expect(outbox.snapshot()).toEqual([]);
  });

  it("is repeated while the server says that it still runs", async () => {
    const server = new Server();
    server.plan = [new ApiProblem(409, "idempotency_key_in_progress", "running")];
    const outbox = await open(server);
    expect((await outbox.add(part)).state).toBe("done");
  });
});

describe("acts on one visit", () => {
  it("go one after the other, in order; those on another do not wait for them", async () => {
    const server = new Server();
    server.plan = Array.from({ length: PAUSES.length + 1 }, () => "down" as const);
    const outbox = await open(server);
    const first = outbox.add(part);
    const second = outbox.add({ ...part, body: { part: "Q" } });
    expect(await Promise.all([first, second])).toEqual([{ state: "waiting" }, { state: "waiting" }]);
    expect((await outbox.add({ ...part, subject: "WO-2", body: { part: "R" } })).state).toBe("done");
    outbox.resume();
    await expect.poll(() => outbox.snapshot()).toEqual([]);
    expect(server.acts.map((one) => (JSON.parse(one) as { part: string }).part)).toEqual(["R", "P", "Q"]);
  });
});
