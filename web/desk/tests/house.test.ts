import { describe, expect, it } from "vitest";
import { backTo, refusalOf } from "../src/app/backTo";
import type { DeviceEntry } from "../src/api/devices";
import type { CountLine, Move, Scanned, StockLocation, TransferLine } from "../src/api/stockTypes";
import { coverBar } from "../src/devices/coverBar";
import { entryPath, fits, joinedReadings } from "../src/devices/life";
import { settingOf } from "../src/devices/settingValue";
import { sparkPath } from "../src/devices/sparkline";
import { groupOf } from "../src/devices/terms";
import { sorted, stepOf } from "../src/exchange/wizard";
import { namesPerson } from "../src/privacy/terms";
import { browserOf } from "../src/settings/browser";
import { scopeGroups } from "../src/settings/scopeGroups";
import { settingsOf } from "../src/settings/sections";
import { arrivalFault, arrivedLines, arrivedScan } from "../src/stock/arrival";
import { markOf } from "../src/stock/bits";
import { countProgress, countRows, countedScan, lineKey } from "../src/stock/counting";
import { instantOf } from "../src/stock/days";
import { balancesAfter } from "../src/stock/ledger";
import { receiptLine, withScanned } from "../src/stock/lines";
import { locationTree } from "../src/stock/locationTree";
import { byLocation } from "../src/stock/proposal";
import { onEach, requestActs } from "../src/stock/requestSteps";
import { WedgeReader } from "../src/stock/wedge";

const scanned = (part: string | null, more: Partial<Scanned> = {}): Scanned => ({
  form: "gs1", understood: {}, names: {}, lot: "", serial: "", part, ...more,
}) as Scanned;

describe("a keyboard scanner", () => {
  const type = (reader: WedgeReader, text: string, from: number, gap: number) =>
    [...text, "Enter"].map((key, index) => reader.take(key, from + index * gap)).at(-1);

  it("is told from a person by its speed", () => {
    expect(type(new WedgeReader(), "YP-EV-1001", 0, 8)).toBe("YP-EV-1001");
    expect(type(new WedgeReader(), "YP-EV-1001", 0, 120)).toBeNull();
  });

  it("does not mix what a person typed before into the code", () => {
    const reader = new WedgeReader();
    reader.take("j", 0);
    reader.take("k", 400);
    expect(type(reader, "0104012345678901", 900, 6)).toBe("0104012345678901");
  });

  it("needs more than a stray key, and forgets a code once read", () => {
    const reader = new WedgeReader();
    expect(type(reader, "abc", 0, 5)).toBeNull();
    expect(type(reader, "abcd", 100, 5)).toBe("abcd");
    expect(reader.take("Enter", 126)).toBeNull();
  });
});

describe("scanned lines of a form", () => {
  it("fill the empty line first, then count up the same part and lot", () => {
    const one = withScanned([{ quantity: 1 }], scanned("A", { lot: "L1" }), "single");
    expect(one).toEqual([{ part: "A", quantity: 1, lot: "L1" }]);
    expect(withScanned(one, scanned("A", { lot: "L1", quantity: 5 }), "single")[0]?.quantity).toBe(6);
    expect(withScanned(one, scanned("A", { lot: "L2" }), "single")).toHaveLength(2);
  });

  it("hold each serial once, on one line or on lines of their own", () => {
    const first = withScanned([], scanned("A", { serial: "S1" }), "many");
    const both = withScanned(first, scanned("A", { serial: "S2" }), "many");
    expect(both).toEqual([expect.objectContaining({ serials: ["S1", "S2"], quantity: 2 })]);
    expect(withScanned(both, scanned("A", { serial: "S2" }), "many")).toBe(both);
    const single = withScanned(withScanned([], scanned("A", { serial: "S1" }), "single"), scanned("A", { serial: "S2" }), "single");
    expect(single.map((line) => [line.serial, line.quantity])).toEqual([["S1", 1], ["S2", 1]]);
  });

  it("leave the lines alone when the code names no part", () => {
    const lines = [{ part: "A", quantity: 1 }];
    expect(withScanned(lines, scanned(null), "single")).toBe(lines);
  });

  it("send an amount as text and only with its currency", () => {
    expect(receiptLine({ part: "A", quantity: 3, cost: "12.50", currency: "eur" }).unit_cost).toEqual({ amount: "12.50", currency: "EUR" });
    expect(receiptLine({ part: "A", quantity: 3, cost: "12.50" }).unit_cost).toBeNull();
    expect(receiptLine({ part: "A", quantity: 9, serials: ["a", "b"] }).quantity).toBe(2);
  });
});

describe("the ledger", () => {
  const move = (source: string, target: string, quantity: number, condition = "good") =>
    ({ source, target, quantity, condition }) as Move;
  const rows = [
    move("VAN", "customer", 1), move("DEPOT", "transit", 2), move("transit", "VAN", 3),
    move("customer", "VAN", 1, "defective"), move("supplier", "DEPOT", 10),
  ];

  it("counts balances back from the present one", () => {
    expect(balancesAfter(rows, new Set(["VAN"]), 2)).toEqual([2, 3, 3, 0, 0]);
  });

  it("takes several places as one: what moves between them changes nothing", () => {
    const inside = [move("A", "B", 4), move("supplier", "A", 6)];
    expect(balancesAfter(inside, new Set(["A", "B"]), 6)).toEqual([6, 6]);
  });
});

describe("locations", () => {
  const place = (code: string, parent = "") => ({ code, parent }) as StockLocation;

  it("stand below the one above them; an orphan stands at the top", () => {
    const tree = locationTree([place("C"), place("R", "C"), place("V", "R"), place("X", "gone")]);
    expect(tree.map((node) => node.location.code)).toEqual(["C", "X"]);
    expect(tree[0]?.children[0]?.children[0]?.location.code).toBe("V");
  });

  it("all appear once, even when their parents go round in a ring", () => {
    const codes = (nodes: ReturnType<typeof locationTree>): string[] =>
      nodes.flatMap((node) => [node.location.code, ...codes(node.children)]);
    expect(codes(locationTree([place("A", "B"), place("B", "A"), place("S", "S")])).sort()).toEqual(["A", "B", "S"]);
  });
});

describe("an arrival", () => {
  const line = (id: string, quantity: number, more: Partial<TransferLine> = {}) =>
    ({ id, part: "P", lot: "", serial: "", condition: "good", quantity, received: 0, lost: 0, ...more }) as TransferLine;

  it("takes no more than is in transit, and a loss only with its reason", () => {
    expect(arrivalFault(line("1", 5, { received: 2 }), { received: 3, lost: 1, reason: "x" })).toBe("many");
    expect(arrivalFault(line("1", 5), { received: 4, lost: 1, reason: " " })).toBe("reason");
    expect(arrivalFault(line("1", 5), { received: 4, lost: 1, reason: "broken" })).toBeNull();
  });

  it("leaves in transit what nothing was entered for", () => {
    const lines = [line("1", 5), line("2", 1)];
    expect(arrivedLines(lines, { 1: { received: 2, lost: 0, reason: "" } })).toEqual([
      { line_id: "1", received: 2, lost: 0, reason: "" },
    ]);
  });

  it("counts scans up to what was sent, by serial where there is one", () => {
    const lines = [line("1", 1, { serial: "S1" }), line("2", 2)];
    const first = arrivedScan(lines, {}, scanned("P", { serial: "S1" }));
    expect(first).toEqual({ 1: { received: 1, lost: 0, reason: "" } });
    expect(arrivedScan([lines[1]!], {}, scanned("P", { quantity: 9 }))?.[2]?.received).toBe(2);
    expect(arrivedScan(lines, {}, scanned("Q"))).toBeNull();
  });
});

describe("a count", () => {
  const line = (part: string, expected: number | null, counted: number | null = null, lot = ""): CountLine =>
    ({ id: part + lot, part, lot, condition: "good", expected, counted, difference: null, serials: [], counted_at: null });

  it("counts each scan and each serial once", () => {
    const lines = [line("A", 3, null, "L1")];
    const one = countedScan(lines, {}, scanned("A", { serial: "S1" }));
    const two = countedScan(lines, one, scanned("A", { serial: "S2" }));
    expect(countedScan(lines, two, scanned("A", { serial: "S2" }))).toBe(two);
    expect(Object.values(two)).toEqual([
      { part: "A", lot: "L1", condition: "good", quantity: 2, serials: ["S1", "S2"] },
    ]);
  });

  it("goes on from what was saved, and shows the difference unless it is blind", () => {
    const lines = [line("A", 5, 2), line("B", null)];
    const draft = countedScan(lines, {}, scanned("A", { quantity: 2 }));
    const rows = countRows(lines, draft);
    expect(rows[0]?.line).toMatchObject({ counted: 4, difference: -1 });
    expect(rows[1]?.line.difference).toBeNull();
    expect(countProgress(lines, draft)).toEqual({ counted: 1, all: 2 });
  });

  it("puts a part that the books do not have on a line of its own", () => {
    const draft = countedScan([line("A", 1)], {}, scanned("Z"));
    expect(countRows([line("A", 1)], draft).map(({ key }) => key)).toEqual([
      lineKey({ part: "Z", lot: "", condition: "good" }), lineKey({ part: "A", lot: "", condition: "good" }),
    ]);
  });
});

describe("requests", () => {
  const all = ["stock:request", "stock:approve", "stock:move"];
  it.each([
    ["submitted", all, ["approve", "reject", "cancel"]],
    ["submitted", ["stock:request"], ["cancel"]],
    ["approved", all, ["pick", "fulfil", "cancel"]],
    ["fulfilled", all, []],
  ] as [string, string[], string[]][])("that are %s", (state, scopes, acts) =>
    expect(requestActs(state, scopes)).toEqual(acts),
  );

  it("are decided one by one, and what failed is named", async () => {
    const outcome = await onEach([1, 2, 3], async (n) => { if (n === 2) throw new Error("no"); }, (n, e) => `${n}: ${(e as Error).message}`);
    expect(outcome).toEqual({ done: 2, failures: ["2: no"] });
  });

  it("come out of a proposal by the place that is to get the parts", () => {
    const line = (location: string, part: string) => ({ location, part }) as Parameters<typeof byLocation>[0][number];
    expect(byLocation([line("A", "1"), line("B", "1"), line("A", "2")]).map(({ location, lines }) => [location, lines.length])).toEqual([["A", 2], ["B", 1]]);
  });
});

describe("balances", () => {
  const balance = (free: number, minimum: number | null, maximum: number | null = null) =>
    ({ on_hand: free, free, minimum, maximum }) as Parameters<typeof markOf>[0];
  it.each([[0, 2, null, "out"], [1, 2, null, "low"], [2, 2, 5, "ok"], [6, 2, 5, "over"], [0, null, null, "ok"], [0, 0, null, "ok"]] as const)(
    "%s free with minimum %s and maximum %s: %s",
    (free, minimum, maximum, mark) => expect(markOf(balance(free, minimum, maximum))).toBe(mark),
  );
});

describe("days", () => {
  it("are whole days of the reader's zone", () => {
    expect(instantOf("2026-11-22", "start")).toBe(new Date("2026-11-22T00:00:00").toISOString());
    expect(instantOf("2026-11-22", "end")).toBe(new Date("2026-11-22T23:59:59").toISOString());
    expect(instantOf("", "start")).toBeNull();
    expect(instantOf("nonsense", "end")).toBeNull();
  });
});

describe("the cover of a device", () => {
  const span = (from: string, until: string, kind = "warranty") => ({ kind, label: kind, from, until });
  it("covers its last day, and lies on the bar from 0 to 1", () => {
    const bar = coverBar([span("2025-01-01", "2025-12-31"), span("2026-01-01", "2026-12-31", "contract")], "2025-12-31");
    expect(bar?.spans.map((one) => one.over)).toEqual([false, false]);
    expect(bar?.spans[0]?.end).toBe(bar?.spans[1]?.start);
    expect(bar?.years).toEqual([expect.objectContaining({ year: 2026 }), expect.objectContaining({ year: 2027, at: 1 })]);
  });

  it("is over on the day after, and has no bar without days", () => {
    expect(coverBar([span("2025-01-01", "2025-12-31")], "2026-01-01")?.spans[0]?.over).toBe(true);
    expect(coverBar([span("2026-01-01", "2025-01-01")], "2026-01-01")).toBeNull();
    expect(coverBar([span("2020-01-01", "2021-12-31")], "2026-01-01")?.until).toBe("2026-01-01");
  });
});

describe("the life of a device", () => {
  const entry = (kind: string, title: string, data = {}) => ({ id: "1", at: "", kind, title, actor: "", link: "", data }) as DeviceEntry;
  it("is narrowed by kind and by every word", () => {
    expect(fits(entry("ticket", "Laser off"), ["tickets"], "laser", "Ticket")).toBe(true);
    expect(fits(entry("reading", "Hours: 5"), ["tickets"], "", "Reading")).toBe(false);
    expect(fits(entry("component_fitted", "Pump", { serial: "PX-9" }), [], "pump px-9", "Fitted")).toBe(true);
    expect(fits(entry("component_fitted", "Pump"), [], "pump px-9", "Fitted")).toBe(false);
    expect(groupOf("something_new")).toBeNull();
  });

  it("tells readings of one round as one entry", () => {
    const at = (kind: string, title: string, when: string) => ({ ...entry(kind, title), at: when });
    const rows = [at("reading", "a: 1", "t2"), at("reading", "b: 2", "t2"), at("ticket", "x", "t2"), at("reading", "a: 0", "t1")];
    expect(joinedReadings(rows).map(({ title }) => title)).toEqual(["a: 1 · b: 2", "x", "a: 0"]);
  });

  it("leads to the records that the desk has pages for", () => {
    expect(entryPath("tickets/T-1")).toBe("/tickets/T-1");
    expect(entryPath("work-orders/WO-2026-000001")).toBe("/visits/WO-2026-000001");
    expect([entryPath("elsewhere/1"), entryPath(""), entryPath(undefined)]).toEqual([null, null, null]);
  });

  it("draws a course of readings inside its box", () => {
    const points = [1, 5, 5].map((value, index) => ({ at: `2026-01-0${index + 1}T00:00:00Z`, value }));
    expect(sparkPath(points, 100, 20)).toBe("M2.0 18.0 L50.0 2.0 L98.0 2.0");
    expect(sparkPath(points.slice(1), 100, 20)).toBe("M2.0 10.0 L98.0 10.0");
    expect(sparkPath(points.slice(2), 100, 20)).toBe("");
  });

  it("keeps the type of a setting while what is typed still has it", () => {
    expect([settingOf("7.5", 3), settingOf("x", 3), settingOf("true", false), settingOf("12", "a"), settingOf("", null)]).toEqual([7.5, "x", true, "12", null]);
  });
});

describe("the import wizard", () => {
  it("stands at the step of its run", () => {
    const at = (dry_run: boolean, state: "queued" | "running" | "done" | "failed") => stepOf({ dry_run, state });
    expect([stepOf(undefined), at(true, "running"), at(true, "done"), at(false, "running"), at(false, "done"), at(false, "failed")]).toEqual([0, 1, 1, 2, 3, 3]);
  });

  it("names the files that it does not read", () => {
    const file = (name: string) => new File(["x"], name);
    const { read, other } = sorted([file("a.CSV"), file("b.exe")], [".csv"]);
    expect([read.map(({ name }) => name), other]).toEqual([["a.CSV"], ["b.exe"]]);
  });
});

describe("people and rights", () => {
  it("an erasure needs the name, or a mail address", () => {
    expect(namesPerson(" li wei ", "Li Wei")).toBe(true);
    expect(namesPerson("li", "Li Wei")).toBe(false);
    expect(namesPerson("li@example.com", "Li Wei")).toBe(true);
    expect(namesPerson("", "")).toBe(false);
  });

  it("rights stand in groups", () => {
    expect(scopeGroups(["tickets:write", "desk", "tickets:read"])).toEqual([
      { group: "other", scopes: ["desk"] }, { group: "tickets", scopes: ["tickets:read", "tickets:write"] },
    ]);
    expect(settingsOf([]).map(({ name }) => name)).toEqual(["account"]);
    expect(settingsOf(["export", "audit:read"]).map(({ name }) => name)).toEqual(["account", "exchange", "audit"]);
  });

  it("browsers have the names that people know", () => {
    expect(browserOf("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0")).toBe("Edge · Windows");
    expect(browserOf("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1")).toBe("Safari · iOS");
    expect(browserOf("curl/8.5.0")).toBe("curl/8.5.0");
  });

  it("a login goes back to the desk only, and tells why another way in failed", () => {
    expect([backTo("/tickets"), backTo("//evil.example"), backTo("https://evil.example"), backTo(null)]).toEqual(["/tickets", "/", "/", "/"]);
    expect([refusalOf("/?login=no_account"), refusalOf("/?login=other"), refusalOf(null)]).toEqual(["no_account", null, null]);
  });
});
