import { describe, expect, it } from "vitest";
import { fileName } from "../src/api/exports";
import { ApiProblem } from "../src/api/problem";
import { askContracts } from "../src/contracts/ContractsPage";
import { stepBody } from "../src/contracts/StepDialog";
import { changesOf } from "../src/contracts/contractValues";
import { reasonText } from "../src/contracts/ReasonList";
import { dayAfter, stepsOf } from "../src/contracts/terms";
import en from "../src/i18n/en.json";
import { translator } from "../src/i18n/catalogue";
import { formats } from "../src/i18n/format";
import { noticeText } from "../src/notices/noticeText";
import { barsOf } from "../src/promises/AttainmentChart";
import { durationText } from "../src/promises/ClockList";
import { tidySpans } from "../src/promises/DayList";
import { split } from "../src/promises/duration";
import { factsOf, freeKey } from "../src/promises/policyFacts";
import { cleaned } from "../src/tickets/NewTicketDrawer";
import { actsOf } from "../src/tickets/acts/TicketMenu";
import { dayBounds } from "../src/tickets/dayBounds";
import { viewFilters, viewQuery } from "../src/ui/ListViews";
import { Keys, fieldErrors } from "../src/ui/command";
import { dueState, timeLeft } from "../src/ui/due";
import { moneyText } from "../src/ui/money";
import { fromZone, toZone } from "../src/ui/zoned";
import { bodyOf, needsRepeatReason, withinLimits } from "../src/visits/acts/bodies";
import { verbsOf } from "../src/visits/terms";
import { askVisits, boundsOf } from "../src/visits/when";

const t = translator(en, "en");
const f = formats("en");

describe("idempotency keys", () => {
  it("stay for a retry and change with the values, the version and after success", () => {
    let made = 0;
    const keys = new Keys(() => `k${++made}`);
    const first = keys.for({ a: 1 }, 3);
    expect(keys.for({ a: 1 }, 3)).toBe(first);
    expect(keys.for({ a: 2 }, 3)).not.toBe(first);
    const second = keys.for({ a: 2 }, 3);
    expect(keys.for({ a: 2 }, 4)).not.toBe(second);
    const third = keys.for({ a: 2 }, 4);
    keys.spent();
    expect(keys.for({ a: 2 }, 4)).not.toBe(third);
  });

  it("put complaints about a body into its fields", () => {
    const problem = new ApiProblem(422, "invalid_input", "", {
      "body.window.until": "ends before it begins", "body.lines.0.share": "too much",
    });
    expect(fieldErrors(problem).map((one) => one.name)).toEqual([
      ["window", "until"], ["lines", 0, "share"],
    ]);
    expect(fieldErrors(new ApiProblem(422, "invalid_input", "ends_on: is before starts_on"))).toEqual([
      { name: ["ends_on"], errors: ["is before starts_on"] },
    ]);
    expect(fieldErrors(new ApiProblem(409, "conflict", "no"))).toEqual([]);
  });
});

describe("promises", () => {
  const now = Date.parse("2026-11-22T12:00:00Z");
  const due = (state: string, due_at: string | null = "2026-11-22T11:59:00Z") => ({ kind: "fix", due_at, state });
  it("are broken once their time is past, also before the server has said so", () => {
    expect(dueState(due("running"), now)).toBe("breached");
    expect(dueState(due("running", "2026-11-22T12:01:00Z"), now)).toBe("running");
    expect(dueState(due("paused"), now)).toBe("paused");
    expect(dueState(due("met"), now)).toBe("met");
    expect(timeLeft(due("running"), now)).toBe(-60_000);
    expect(timeLeft(due("running", null), now)).toBeNull();
  });

  it("tell lengths of time exactly", () => {
    expect(durationText(150, t)).toBe("2 h 30 min");
    expect(durationText(1440 * 2 + 5, t)).toBe("2 d 5 min");
    expect(durationText(-45, t)).toBe("−45 min");
    expect(durationText(0, t)).toBe("0 min");
    expect([split(2880), split(240), split(90), split(0)]).toEqual([
      { count: 2, unit: "day" }, { count: 4, unit: "hour" }, { count: 90, unit: "minute" },
      { count: 0, unit: "minute" },
    ]);
  });

  it("draw bars from zero in the order of time", () => {
    const bars = barsOf([
      { month: "2026-11", percent: 95 }, { month: "2026-10", percent: null }, { month: "2026-09", percent: 50 },
    ]);
    expect(bars.map((bar) => [bar.month, bar.height, bar.good])).toEqual([
      ["2026-09", 50, false], ["2026-10", null, false], ["2026-11", 95, true],
    ]);
    expect(barsOf([])).toEqual([]);
  });

  it("give every new step a key of its own and send nothing undefined", () => {
    expect(freeKey([{ key: "step-2" }])).toBe("step-3");
    const facts = factsOf({
      code: " gold ", targets: [{ kind: "fix", minutes: 60 }], pauses: { fix: [], respond: ["new"] },
    } as never);
    expect(facts.code).toBe("gold");
    expect(facts.pauses).toEqual({ respond: ["new"] });
    expect(JSON.stringify(facts)).toBe(JSON.stringify(JSON.parse(JSON.stringify(facts))));
    expect(tidySpans("9:00–12, 13:00-18:00")).toBe("09:00-12 13:00-18:00");
  });
});

describe("time zones", () => {
  it.each([
    ["2026-11-22T09:00", "Asia/Shanghai", "2026-11-22T01:00:00.000Z"],
    ["2026-07-01T09:00", "Europe/Berlin", "2026-07-01T07:00:00.000Z"],
    ["2026-12-01T09:00", "Europe/Berlin", "2026-12-01T08:00:00.000Z"],
    ["2026-11-01T12:00", "America/New_York", "2026-11-01T17:00:00.000Z"],
    ["2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
    ["2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
  ])("%s in %s is %s", (local, zone, utc) => expect(fromZone(local, zone)).toBe(utc));

  it("come back as they were for every hour of a year", () => {
    for (let hour = 0; hour < 365 * 24; hour += 7) {
      const at = new Date(Date.UTC(2026, 0, 1, hour)).toISOString();
      const local = toZone(at, "America/Sao_Paulo");
      expect(toZone(fromZone(local, "America/Sao_Paulo"), "America/Sao_Paulo")).toBe(local);
    }
  });
});

describe("money", () => {
  it("keeps every digit", () => {
    expect(moneyText({ amount: "12.50", currency: "EUR" }, "en-GB")).toBe("€12.50");
    expect(moneyText({ amount: "9007199254740993.25", currency: "CNY" }, "en-GB")).toContain("9,007,199,254,740,993.25");
    expect(moneyText({ amount: "1200", currency: "JPY" }, "en-GB")).toContain("1,200");
    expect(moneyText({ amount: "odd", currency: "EUR" }, "en-GB")).toBe("odd EUR");
  });
});

describe("tickets", () => {
  it("send days as instants of the reader, the last one whole", () => {
    const asked = dayBounds({ due_before: ["2026-11-22"], created_from: "2026-11-01", q: "x" });
    expect(asked.due_before).toBe(new Date("2026-11-22T23:59:59").toISOString());
    expect(asked.created_from).toBe(new Date("2026-11-01T00:00:00").toISOString());
    expect(asked.q).toBe("x");
  });

  it("send only what the chosen type asks for", () => {
    const body = cleaned(
      { type: "return", title: "x", serial: "", fields: { return_reason: "defective", site: "old" } } as never,
      [{ name: "return_reason", kind: "choice", required_at: "open" }] as never,
    );
    expect(body).toEqual({ type: "return", title: "x", fields: { return_reason: "defective" } });
  });

  it("offer the acts that fit the state", () => {
    expect(actsOf("merged", false)).toEqual(["unmerge"]);
    expect(actsOf("new", false)).toContain("merge");
    expect(actsOf("resolved", false)).toContain("confirm");
    expect(actsOf("closed", true)).not.toContain("confirm");
  });
});

describe("visits", () => {
  it("go on step by step, and not past a signature", () => {
    expect(verbsOf({ state: "planned", signed: false })[0]).toBe("confirm");
    expect(verbsOf({ state: "on_site", signed: false })).toContain("parts");
    expect(verbsOf({ state: "on_site", signed: true })).toEqual(["finish", "revise"]);
    expect(verbsOf({ state: "cancelled", signed: false })).toEqual([]);
  });

  it("are listed by the reader's own days", () => {
    const now = new Date(2026, 10, 22, 15, 30);
    const { window_from, window_until } = boundsOf("tomorrow", now);
    expect(window_from).toBe(new Date(2026, 10, 23).toISOString());
    expect(window_until).toBe(new Date(2026, 10, 24).toISOString());
    expect(askVisits({ q: "x" })).toEqual({ q: "x" });
    expect(askVisits({ when: ["past"] })).toHaveProperty("window_until");
  });

  it("send only what was filled in", () => {
    expect(bodyOf({ note: " ok ", place: "", lat: 0, next_visit: { skill: "", note: "" }, x: null })).toEqual({
      note: "ok", lat: 0,
    });
    expect(bodyOf({ next_visit: { skill: "laser" } })).toEqual({ next_visit: { skill: "laser" } });
    expect([withinLimits(5, 1, 5), withinLimits(6, null, 5), withinLimits(1, null, null)]).toEqual([true, false, null]);
    expect([needsRepeatReason("solved"), needsRepeatReason("temporary"), needsRepeatReason(undefined)]).toEqual([
      false, true, false,
    ]);
  });
});

describe("contracts", () => {
  it("take the steps of their state", () => {
    expect(stepsOf("draft")).toEqual(["activate"]);
    expect(stepsOf("suspended")).toContain("resume");
    expect(stepsOf("ended")).toEqual(["renew"]);
  });

  it("ask for those that end soon by a day", () => {
    expect(askContracts({ ending: ["true"], state: ["active"] })).toEqual({
      state: ["active"], ends_before: dayAfter(60),
    });
    expect(dayAfter(1, new Date(2026, 11, 31))).toBe("2027-01-01");
  });

  it("clear what was emptied, and give a limit its currency", () => {
    const sent = changesOf({
      currency: "eur", ends_on: "", lines: [{ what: "parts", limit_amount: "500", share: 50 }],
    });
    expect(sent.ends_on).toBeNull();
    expect(sent.price).toBeNull();
    expect(sent.lines?.[0]?.limit).toEqual({ amount: "500", currency: "EUR" });
  });

  it("tell a step only what it needs", () => {
    expect(stepBody("end", { reason: " moved ", on: "2026-12-31", months: 12 })).toEqual({
      reason: "moved", on: "2026-12-31",
    });
    expect(stepBody("renew", { months: 12, amount: "10", currency: "" })).toEqual({ months: 12 });
  });

  it("explain a cover in the reader's language, and in English what is unknown", () => {
    const reason = (code: string, args: Record<string, unknown>) => ({ code, args, text: "as it came" });
    expect(reasonText(reason("warranty_runs", { until: "2027-01-31" }), t, f)).toBe(
      "The device is under warranty until 31 Jan 2027.",
    );
    expect(reasonText(reason("warranty_runs", {}), t, f)).toBe("as it came");
    expect(reasonText(reason("new_rule", {}), t, f)).toBe("as it came");
  });
});

describe("notices", () => {
  it("speak the reader's language, and English where a sentence is unknown", () => {
    const notice = { key: "sla.breached", text: "TK-1 was due", args: { ticket: "TK-1", clock: "fix", title: "Pump" } };
    expect(noticeText(notice, t)).toBe("TK-1 is late (Fix): Pump");
    expect(noticeText({ ...notice, key: "some.other" }, t)).toBe("TK-1 was due");
    expect(noticeText({ ...notice, args: {} }, t)).toBe("TK-1 was due");
  });
});

describe("saved views and exports", () => {
  it("keep a query as the server stores it", () => {
    const query = { q: "pump", sort: "due", filters: { state: ["new"] } };
    expect(viewQuery({ filters: viewFilters(query), sort: "due" })).toEqual(query);
    expect(viewQuery({ filters: { state: "new", odd: null }, sort: "" }).filters).toEqual({ state: ["new"], odd: [] });
  });

  it("take the file's name from the answer", () => {
    expect(fileName('attachment; filename="tickets-2026.csv"')).toBe("tickets-2026.csv");
    expect(fileName("attachment; filename*=UTF-8''%E5%B7%A5%E5%8D%95.csv")).toBe("工单.csv");
    expect(fileName(null)).toBeUndefined();
  });
});
