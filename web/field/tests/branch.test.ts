import { describe, expect, it } from "vitest";
import { END, STOP, following, gated, onward, toCome } from "../src/sop/branch";

const step = (id: string, more: object = {}) => ({
  id, on_fail: "stop", goto: "", then: "", options: [] as { id: string; label: string; goto: string }[], ...more,
});
const steps = [
  step("off"),
  step("which", { options: [{ id: "fan", label: "Fan", goto: "fan" }, { id: "dust", label: "Dust", goto: "" }] }),
  step("clean", { then: "test" }),
  step("fan", { on_fail: "goto", goto: "clean" }),
  step("test", { on_fail: "continue" }),
  step("close", { then: END }),
];
const at = (id: string) => steps.find((one) => one.id === id) ?? step("?");

describe("the way through a procedure", () => {
  it("follows the order, `then`, the answer of a choice, and what failed", () => {
    expect(following(steps, at("off"), "done")).toBe("which");
    expect(following(steps, at("which"), "done", "fan")).toBe("fan");
    expect(following(steps, at("which"), "done", "dust")).toBe("clean");
    expect(following(steps, at("clean"), "done")).toBe("test");
    expect(following(steps, at("off"), "failed")).toBe(STOP);
    expect(following(steps, at("fan"), "failed")).toBe("clean");
    expect(following(steps, at("test"), "failed")).toBe("close");
    expect(following(steps, at("test"), "skipped")).toBe("close");
    expect(following(steps, at("close"), "done")).toBe(END);
  });

  it("ends after the last step, and stops where a failure leads nowhere", () => {
    expect(onward([at("off")], at("off"))).toBe(END);
    expect(following(steps, step("x", { on_fail: "goto" }), "failed")).toBe(STOP);
  });

  it("counts what is left, also where a check sends back", () => {
    expect(toCome(steps, "which")).toBe(4);
    expect(toCome([step("a", { then: "a" })], "a")).toBe(1);
    expect(toCome(steps, END)).toBe(0);
  });

  it("asks for the hazard to be confirmed wherever there is one", () => {
    expect(["none", "caution", "warning", "danger"].map((hazard) => gated({ hazard }))).toEqual([false, true, true, true]);
  });
});
