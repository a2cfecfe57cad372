import { describe, expect, it } from "vitest";
import { clockText, wholeMinutes } from "../src/acts/timer";
import { judged } from "../src/acts/limits";
import { backTo } from "../src/app/backTo";
import { translator } from "../src/i18n/catalogue";
import en from "../src/i18n/en.json";
import zh from "../src/i18n/zh.json";
import { formats, spoken, typedNumber } from "../src/i18n/format";
import { placeOf } from "../src/me/links";
import { publicCode } from "../src/scan/resolve";
import { byDay, reach } from "../src/today/days";
import { fitted } from "../src/ui/photo";
import { minutesSince } from "../src/visit/CheckInSheet";
import { foreseen } from "../src/visit/foreseen";
import { metricsOf } from "../src/visit/metrics";
import { appleMapLink, dueState, mapLink, nextStep } from "../src/visit/terms";

const f = formats("en");

describe("numbers as people type them", () => {
  it.each([
    ["12", 12], ["12.5", 12.5], ["12,5", 12.5], ["－3", -3], ["１２．５", 12.5], [" .5 ", 0.5], ["", null], ["1.2.3", null], ["twelve", null], ["1e9", null],
  ])("%s", (typed, meant) => {
    expect(typedNumber(typed)).toBe(meant);
  });

  it("judges a reading with its limits included, and not without any", () => {
    expect(judged(78, { low: null, high: 78 })).toBe(true);
    expect(judged(78.1, { low: null, high: 78 })).toBe(false);
    expect(judged(1, { low: 1, high: 2 })).toBe(true);
    expect(judged(1, {})).toBeNull();
  });
});

describe("times", () => {
  it("shows a window in the zone it was agreed in, and the zone where it is another", () => {
    const [from, until] = ["2026-11-23T01:00:00Z", "2026-11-23T03:30:00Z"];
    expect(f.span(from, until, "Asia/Shanghai")).toBe("09:00 – 11:30");
    expect(f.day(from, "Asia/Shanghai")).toContain("23");
    const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    expect(f.foreignZone(here, from)).toBe("");
    expect(f.foreignZone("Pacific/Kiritimati", from)).toBe(here === "Pacific/Kiritimati" ? "" : "UTC+14:00");
  });

  it("writes lengths and distances", () => {
    expect(f.minutes(125)).toBe("2 hrs 5 mins");
    expect(f.distance("2026-11-22T10:00:00Z", Date.parse("2026-11-22T08:00:00Z"))).toContain("2");
    expect(clockText(0, 3_729_000)).toBe("1:02:09");
    expect([wholeMinutes(0, 1), wholeMinutes(0, 60_001), wholeMinutes(0, 9e9)]).toEqual([1, 2, 1440]);
    expect(minutesSince("2026-11-22T08:00:00Z", Date.parse("2026-11-22T08:42:00Z"))).toBe(42);
    expect(minutesSince(null, 0)).toBe(0);
  });

  it("splits visits by the days of the device", () => {
    const now = new Date(2026, 10, 22, 23, 30);
    const { from, until } = reach("tomorrow", now);
    expect([from.getDate(), until.getDate()]).toEqual([23, 24]);
    const starts = [new Date(2026, 10, 22, 9), new Date(2026, 10, 22, 15), new Date(2026, 10, 24, 9)];
    expect(byDay(starts.map((one) => ({ start: one.toISOString() }))).map(([, items]) => items.length)).toEqual([2, 1]);
  });
});

describe("coded sentences", () => {
  it("are told in the reader's language, with values by locale; unknown ones as they came", () => {
    const t = translator(zh, "zh");
    const reason = { code: "warranty_runs", args: { until: "2027-03-01" }, text: "The device is under warranty until 2027-03-01." };
    expect(t.reason(reason)).toBe("设备保修至 2027年3月1日。");
    expect(t.reason({ code: "brand_new", text: "As it came" })).toBe("As it came");
    expect(t.reason({ code: "warranty_runs", args: {}, text: "As it came" })).toBe("As it came");
    expect(t.problem("job_taken")).not.toBe("");
    expect(t.problem("unheard_of")).toBe("");
    expect(translator(en, "en")("today.late", { count: 1 })).toBe("One visit of an earlier day is not finished");
  });

  it("choose the nearest language there is", () => {
    expect(spoken({ en: "Fan", zh: "风扇" }, "zh")).toBe("风扇");
    expect(spoken({ de: "Lüfter" }, "zh")).toBe("Lüfter");
    expect(spoken(null, "zh")).toBe("");
  });
});

describe("links", () => {
  it("open the phone's map by coordinates, else by words", () => {
    expect(mapLink({ lat: 22.5, lon: 114, address: "A B" })).toBe("geo:22.5,114?q=22.5,114(A%20B)");
    expect(mapLink({ address: "深圳" })).toContain("geo:0,0?q=");
    expect(mapLink({ address: "" })).toBe("");
    expect(appleMapLink({ lat: 1, lon: 2 })).toBe("https://maps.apple.com/?ll=1%2C2");
  });

  it("stay inside the app", () => {
    expect(backTo("/visits/WO-1")).toBe("/visits/WO-1");
    expect([backTo("//evil.example"), backTo("https://x"), backTo("/\\x"), backTo(null), backTo("/login")]).toEqual(["/", "/", "/", "/", "/"]);
    expect(placeOf("/visits/WO-1")).toBe("/visits/WO-1");
    expect(placeOf("/tickets/TK-1")).toBe("");
  });

  it("know the address on a device's label", () => {
    expect(publicCode("https://x.example/d/4Kd92mXz?x=1")).toBe("4Kd92mXz");
    expect(publicCode("YP-FN-2001")).toBe("");
  });
});

describe("a visit", () => {
  it("has one next step, seen ahead from what is not sent yet", () => {
    expect(["planned", "confirmed", "en_route", "on_site", "done"].map((state) => nextStep({ state }))).toEqual(["confirm", "depart", "check-in", "finish", null]);
    expect(foreseen("planned", ["confirm", "photos", "depart"])).toBe("en_route");
  });

  it("breaks a promise by the clock alone", () => {
    const due = { kind: "arrive", due_at: "2026-11-22T08:00:00Z", state: "running" };
    expect(dueState(due, Date.parse("2026-11-22T07:00:00Z"))).toBe("running");
    expect(dueState(due, Date.parse("2026-11-22T09:00:00Z"))).toBe("breached");
    expect(dueState({ ...due, state: "met" }, Date.parse("2026-11-22T09:00:00Z"))).toBe("met");
  });

  it("counts in its engineer's figures", () => {
    const at = (time: string) => ({ at: time, recorded_at: time, place: "" });
    const window = { from: "2026-11-22T08:00:00Z", until: "2026-11-22T10:00:00Z", time_zone: "UTC", promised: true };
    const ended = [
      { visit: 1, result: "solved", check_in: at("2026-11-22T09:00:00Z"), check_out: at("2026-11-22T10:00:00Z"), travel_minutes: 30, window },
      { visit: 1, result: "not_solved", check_in: at("2026-11-22T11:00:00Z"), check_out: null, travel_minutes: 0, window },
      { visit: 2, result: "solved", check_in: null, check_out: null, travel_minutes: 10, window },
    ];
    expect(metricsOf(ended)).toEqual({ visits: 3, firstTime: 0.5, solved: 2 / 3, onSite: 60, travel: 20, onTime: 0.5 });
    expect(metricsOf([])).toMatchObject({ visits: 0, firstTime: null, onSite: null });
  });

  it("sends photos of at most 1600 pixels a side", () => {
    expect(fitted(4000, 3000)).toEqual([1600, 1200]);
    expect(fitted(800, 600)).toEqual([800, 600]);
  });
});
