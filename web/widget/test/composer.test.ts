import { describe, expect, it } from "vitest";
import { markTitle } from "../src/title";
import { sendsOn } from "../src/view/composer";

const key = (init: KeyboardEventInit & { keyCode?: number }): KeyboardEvent =>
  new KeyboardEvent("keydown", init);

describe("the Enter key", () => {
  it("sends, breaks the line with Shift, and leaves an input method alone", () => {
    expect(sendsOn(key({ key: "Enter" }))).toBe(true);
    expect(sendsOn(key({ key: "Enter", shiftKey: true }))).toBe(false);
    expect(sendsOn(key({ key: "Enter", isComposing: true }))).toBe(false);
    expect(sendsOn(key({ key: "Enter", keyCode: 229 }))).toBe(false);
    expect(sendsOn(key({ key: "a" }))).toBe(false);
  });
});

describe("the page's title", () => {
  it("carries the count and is given back", () => {
    document.title = "Sequencers";
    markTitle(2);
    markTitle(3);
    expect(document.title).toBe("(3) Sequencers");
    document.title = "Robots";
    markTitle(1);
    expect(document.title).toBe("(1) Robots");
    markTitle(0);
    expect(document.title).toBe("Robots");
  });
});
