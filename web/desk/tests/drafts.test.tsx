import { act } from "react";
import { createRoot } from "react-dom/client";
import { beforeEach, describe, expect, it } from "vitest";
import { readStored, useDraft, writeStored } from "../src/ui/useStored";

type Draft = ReturnType<typeof useDraft>;
let latest: Draft;

function Probe({ name }: { name: string }) {
  latest = useDraft(name);
  return null;
}

function mounted() {
  const root = createRoot(document.createElement("div"));
  return {
    show: (name: string) => act(() => root.render(<Probe name={name} />)),
    leave: () => act(() => root.unmount()),
  };
}

beforeEach(() => {
  localStorage.clear();
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
});

describe("useDraft", () => {
  it("survives leaving the page", () => {
    const first = mounted();
    first.show("c1.reply");
    act(() => latest[1]("half a sent"));
    first.leave();
    mounted().show("c1.reply");
    expect(latest[0]).toBe("half a sent");
  });

  it("keeps the drafts of conversations and of reply and note apart", () => {
    const page = mounted();
    page.show("c1.reply");
    act(() => latest[1]("for one"));
    page.show("c2.reply");
    expect(latest[0]).toBe("");
    act(() => latest[1]("for two"));
    page.show("c1.note");
    expect(latest[0]).toBe("");
    page.show("c1.reply");
    expect(latest[0]).toBe("for one");
  });

  it("leaves nothing behind once it is sent", () => {
    const page = mounted();
    page.show("c1.reply");
    act(() => latest[1]("text"));
    act(() => latest[1](""));
    expect(localStorage.length).toBe(0);
  });
});

describe("stored settings", () => {
  it("fall back when what is stored cannot be read", () => {
    localStorage.setItem("careloop.desk.x", "{broken");
    expect(readStored("x", 5)).toBe(5);
  });

  it("are forgotten by null", () => {
    writeStored("x", [1]);
    expect(readStored("x", [])).toEqual([1]);
    writeStored("x", null);
    expect(localStorage.length).toBe(0);
  });
});
