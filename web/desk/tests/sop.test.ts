import { describe, expect, it } from "vitest";
import { EMPTY, changed, copied, freshId, moved, newStep, ofKind, opened, redone, removed, undone, withStep } from "../src/sop/editing";
import type { Content, Step } from "../src/sop/api";
import { flowOf, ways } from "../src/sop/flow";
import { inLanguage } from "../src/sop/terms";

const step = (id: string, more: Partial<Step> = {}): Step => ({ ...newStep(EMPTY), id, ...more });
const content = (...steps: Step[]): Content => ({ ...EMPTY, steps });
const ids = (one: Content) => one.steps.map(({ id }) => id).join("");

describe("a procedure under the editor's hands", () => {
  const three = content(step("a"), step("b", { then: "c" }), step("c", { on_fail: "goto", goto: "b" }));

  it("takes back and does again, and takes typing in one field as one step", () => {
    let state = opened(three);
    state = changed(state, withStep(three, 0, { title: { en: "L" } }), "0.title.en");
    state = changed(state, withStep(three, 0, { title: { en: "Lo" } }), "0.title.en");
    state = changed(state, moved(state.present, 0, 2));
    expect(ids(state.present)).toBe("bca");
    state = undone(state);
    expect([ids(state.present), state.present.steps[0]?.title.en]).toEqual(["abc", "Lo"]);
    state = undone(state);
    expect(state.present).toBe(three);
    expect(undone(state)).toBe(state);
    state = redone(redone(state));
    expect([ids(state.present), redone(state)]).toEqual(["bca", state]);
    expect(changed(undone(state), three).future).toEqual([]);
  });

  it("leaves no branch to a step that is gone", () => {
    const left = removed(three, 1);
    expect(left.steps.map((one) => [one.id, one.then, one.on_fail, one.goto])).toEqual([
      ["a", "", "stop", ""], ["c", "", "stop", ""],
    ]);
  });

  it("keeps ids apart, and moves no further than the ends", () => {
    const twin = copied(three, 0);
    expect(new Set(twin.steps.map(({ id }) => id)).size).toBe(4);
    expect(freshId(content(step("step-2")))).toBe("step-3");
    expect([ids(moved(three, 0, 9)), moved(three, 0, -1), moved(three, 7, 0)]).toEqual(["bca", three, three]);
  });

  it("brings what a kind needs and leaves what it does not", () => {
    expect(ofKind(step("a"), "choice").options).toHaveLength(2);
    expect(ofKind(step("a"), "photo").photos_min).toBe(1);
    expect(ofKind(step("a", { kind: "reading", reading: { unit: "V", low: 1, high: 2 } }), "check").reading).toBeNull();
  });
});

describe("the picture of a procedure", () => {
  it("draws arcs for what does not simply go on, each in a lane of its own where they overlap", () => {
    const steps = [
      step("a", { kind: "check", on_fail: "goto", goto: "d" }),
      step("b", { kind: "choice", options: [{ id: "x", label: {}, goto: "d" }, { id: "y", label: {}, goto: "" }] }),
      step("c", { then: "a" }),
      step("d", { kind: "reading", then: "end" }),
    ];
    const flow = flowOf(steps);
    expect(flow.arcs.map((arc) => [arc.from, arc.to, arc.way, arc.side, arc.lane])).toEqual([
      [1, 3, "option", "right", 1], [2, 0, "well", "left", 1], [0, 3, "failed", "right", 2],
    ]);
    expect(flow.nodes.map((one) => [one.straight, one.ends, one.stops])).toEqual([
      [true, false, false], [true, false, false], [false, false, false], [false, true, true],
    ]);
    expect(flow.lanes).toEqual({ left: 1, right: 2 });
  });

  it("ends after the last step, and an action that fails is not drawn as a way", () => {
    expect(ways([step("a")], 0)).toEqual([{ to: "end", way: "well" }]);
    expect(ways([step("a", { kind: "check" })], 0).map(({ to }) => to)).toEqual(["end", "stop"]);
  });
});

describe("a text of a procedure", () => {
  it("is in the language, else in English, else in any", () => {
    expect(["zh", "de", "fr"].map((one) => inLanguage({ en: "Off", zh: "断电", de: " " }, one))).toEqual(["断电", "Off", "Off"]);
    expect([inLanguage({ zh: "断电" }, "en"), inLanguage({}, "en"), inLanguage(undefined, "en")]).toEqual(["断电", "", ""]);
  });
});
