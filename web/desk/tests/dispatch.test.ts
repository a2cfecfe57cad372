import { describe, expect, it } from "vitest";
import type { BoardJob, BoardVisit } from "../src/api/dispatch";
import { fits, sorted } from "../src/dispatch/JobList";
import { waysOf } from "../src/dispatch/BoardMap";
import { dropped, isSame, loadOfVisit, stepped } from "../src/dispatch/moving";
import type { Load, Move } from "../src/dispatch/moving";
import { fitted, panned, project, readable } from "../src/dispatch/projection";
import { instantAt, lanesOf, marksOf, piece, spanOf, xOf } from "../src/dispatch/scale";
import { lengthText } from "../src/dispatch/reasons";
import { shownMoved } from "../src/dispatch/useDropping";

const day = { from: Date.UTC(2026, 10, 23), until: Date.UTC(2026, 10, 24), width: 1440 };
const at = (hour: number, minute = 0) => Date.UTC(2026, 10, 23, hour, minute);

const load: Load = {
  key: "WO-1", ticket: "TK-1", work_order: "WO-1", version: 3, title: "Fan", minutes: 90, engineer: "E-1",
  start: at(9), window: { from: new Date(at(9)).toISOString(), until: new Date(at(12)).toISOString() },
  time_zone: "UTC", promised: true,
};
const move = (change: Partial<Move>): Move => ({ load, engineer: "E-1", start: at(9), ...change });

describe("the scale", () => {
  it("puts an instant on its pixel and finds it again on a quarter of an hour", () => {
    expect(xOf(day, at(6))).toBe(360);
    expect(instantAt(day, 366)).toBe(at(6));
    expect(instantAt(day, 368)).toBe(at(6, 15));
  });

  it("cuts what reaches over the ends, and leaves out what is not seen", () => {
    expect(piece(day, at(-2), at(2))).toEqual({ left: 0, width: 120 });
    expect(piece(day, at(25), at(26))).toBeNull();
  });

  it("spans whole local days", () => {
    const { from, until } = spanOf(new Date(2026, 10, 23, 15, 30), 3);
    expect(new Date(from).getHours()).toBe(0);
    expect(new Date(until).getDate()).toBe(26);
  });

  it("marks fewer hours the longer the span is", () => {
    expect(marksOf(day).length).toBe(12);
    expect(marksOf({ ...day, until: day.until + 6 * 86_400_000 }).length).toBe(7);
  });

  it("gives bars that overlap lanes of their own", () => {
    const bar = (from: number, until: number) => ({ start: new Date(at(from)).toISOString(), end: new Date(at(until)).toISOString() });
    expect(lanesOf([bar(9, 11), bar(10, 12), bar(11, 13)]).map((one) => one.lane)).toEqual([0, 1, 0]);
  });
});

describe("a move", () => {
  it("goes by quarters and rows with the arrows, by hours with shift", () => {
    const rows = ["E-1", "E-2"];
    expect(stepped(move({}), "ArrowRight", false, rows)?.start).toBe(at(9, 15));
    expect(stepped(move({}), "ArrowLeft", true, rows)?.start).toBe(at(8));
    expect(stepped(move({}), "ArrowDown", false, rows)?.engineer).toBe("E-2");
    expect(stepped(move({ engineer: "E-2" }), "ArrowDown", false, rows)?.engineer).toBe("E-2");
    expect(stepped(move({}), "x", false, rows)).toBeNull();
  });

  it("keeps the window that the customer knows while work begins in it", () => {
    expect(dropped(move({ start: at(11) }))).not.toHaveProperty("window");
    expect(dropped(move({ start: at(14) })).window).toEqual({
      from: new Date(at(14)).toISOString(), until: new Date(at(15, 30)).toISOString(), time_zone: "UTC",
    });
  });

  it("names the ticket where there is no visit yet", () => {
    const job: Load = { ...load, work_order: "", window: null, version: null };
    expect(dropped(move({ load: job }))).toMatchObject({ ticket: "TK-1", version: null });
  });

  it("that ends where it began is none", () => {
    expect(isSame(move({}))).toBe(true);
    expect(isSame(move({ engineer: "E-2" }))).toBe(false);
  });

  it("is shown before the server answers", () => {
    const visit = { ...loadOfVisit, work_order: "WO-1", engineer: "E-1" } as unknown as BoardVisit;
    const board = { visits: [visit], unplanned: [{ ticket: "TK-2", work_order: "" }] } as never;
    expect(shownMoved(board, move({ engineer: "E-2", start: at(13) })).visits[0]).toMatchObject({
      engineer: "E-2", start: new Date(at(13)).toISOString(),
    });
    const job: Load = { ...load, key: "TK-2", work_order: "", ticket: "TK-2" };
    expect(shownMoved(board, move({ load: job })).unplanned).toEqual([]);
  });
});

describe("the list of jobs", () => {
  const job = (facts: object) =>
    ({
      ticket: "TK-1", work_order: "", title: "Fan is loud", customer: "Nordlab", serial: "GS-1", model: "GS", priority: "normal",
      pool: "", areas: ["east"], place: { label: "Köln" }, needs: { skills: [{ skill: "laser" }] }, due: null, ...facts,
    }) as unknown as BoardJob;

  it("finds by every word", () => {
    expect(fits(job({}), "nordlab köln laser", "all", undefined)).toBe(true);
    expect(fits(job({}), "nordlab berlin", "all", undefined)).toBe(false);
    expect(fits(job({}), "", "pool", undefined)).toBe(false);
    expect(fits(job({}), "", "all", "west")).toBe(false);
  });

  it("shows first what is due first, then what is urgent", () => {
    const order = sorted([
      job({ ticket: "C" }), job({ ticket: "B", priority: "critical" }), job({ ticket: "A", due: { due_at: "2026-11-23T09:00:00Z" } }),
    ]);
    expect(order.map((one) => one.ticket)).toEqual(["A", "B", "C"]);
  });
});

describe("the map", () => {
  it("shows every point inside of the sheet", () => {
    const points = [{ lat: 22.5, lon: 114 }, { lat: 42.3, lon: -71 }, { lat: -33, lon: -70 }];
    const camera = fitted(points, 600, 300);
    for (const one of points) {
      const { x, y } = project(camera, one, 600, 300);
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(600);
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(300);
    }
  });

  it("follows the hand when it is dragged", () => {
    const camera = fitted([{ lat: 50, lon: 8 }], 600, 300);
    const before = project(camera, { lat: 50, lon: 8 }, 600, 300);
    const after = project(panned(camera, 40, -25), { lat: 50, lon: 8 }, 600, 300);
    expect(after.x - before.x).toBeCloseTo(40);
    expect(after.y - before.y).toBeCloseTo(-25);
  });

  it("leaves out names that would cover others", () => {
    const label = (x: number) => ({ x, y: 10, text: "Shenzhen" });
    expect(readable([label(0), label(20), label(400)]).map((one) => one.x)).toEqual([0, 400]);
  });

  it("draws a way only where two places are known", () => {
    const board = {
      engineers: [{ code: "E-1", home: { lat: 1, lon: 1 } }, { code: "E-2", home: { lat: null, lon: null } }],
      visits: ["E-1", "E-2"].map((engineer) => ({ engineer, state: "planned", start: "a", place: { lat: 2, lon: 2 } })),
    } as never;
    expect(waysOf(board).map((one) => one.engineer)).toEqual(["E-1"]);
  });
});

it("says minutes as people do", () => {
  expect(lengthText(45, "en-GB")).toMatch(/^45\smins?$/);
  expect(lengthText(828, "en-GB")).toMatch(/^13\shrs?\s48\smins?$/);
});
