import { beforeEach, describe, expect, it, vi } from "vitest";
import { DeviceDoor, ReportDoor } from "../src/api";
import { consentSection } from "../src/consent_view";
import { articleNode, runs, withoutPictures } from "../src/article";
import { STEPS, type Device, type Sent } from "../src/contract";
import { deviceView } from "../src/device_view";
import { DraftBook } from "../src/draft";
import { standings, stepsOf } from "../src/follow_view";
import { direction, pickLanguage, Texts } from "../src/i18n";
import { placeOf } from "../src/place";
import { problemsOf } from "../src/report_form";
import { fitted } from "../src/shrink";
import english from "../src/locales/en.json";

const DEVICE: Device = {
  serial: "GS2000-22H0719", model: "GS-2000", model_name: "benchtop sequencer", family: "sequencer",
  maker: "Maker", hotline: "400-820", language: "en", documents: [], articles: [], consent: "", max_photos: 4, max_photo_mb: 20,
};

describe("language", () => {
  it("is the first that has texts, else English", () => {
    expect(pickLanguage([null, "zh-Hans-CN", "en"])).toBe("zh");
    expect(pickLanguage(["ko", "fr-CA"])).toBe("fr");
    expect(pickLanguage(["ar"])).toBe("en");
  });
  it("tells where text starts", () => {
    expect([direction("ar"), direction("zh")]).toEqual(["rtl", "ltr"]);
  });
});

describe("place", () => {
  it("tells a device from a report", () => {
    expect(placeOf("/d/abc")).toEqual({ kind: "device", code: "abc" });
    expect(placeOf("/d/r/s3cret")).toEqual({ kind: "report", token: "s3cret" });
    expect(placeOf("/d/%E0%A4%A")).toEqual({ kind: "device", code: "%E0%A4%A" });
  });
});

describe("state line", () => {
  it("marks what is behind, now and ahead", () => {
    expect(standings(STEPS, "received")).toEqual(["now", "later", "later", "later", "later"]);
    expect(standings(STEPS, "fixed")).toEqual(["done", "done", "done", "now", "later"]);
    expect(standings(STEPS, "closed")).toEqual(["done", "done", "done", "done", "done"]);
  });
  it("has no engineer on the way where none ever set out", () => {
    expect(stepsOf("assigned", false)).toContain("on_the_way");
    expect(stepsOf("fixed", false)).not.toContain("on_the_way");
    expect(stepsOf("closed", true)).toContain("on_the_way");
  });
});

describe("article", () => {
  it("sets warnings apart and leaves pictures and comments out", () => {
    expect(runs("a\n> Warning: hot\n> very\n\n1. b").map((run) => run.quoted)).toEqual([false, true, false]);
    expect(withoutPictures("x ![f](a.png) y<!-- page 3 -->")).toBe("x  y");
  });
  it("never makes markup out of text", () => {
    const node = articleNode("<img src=x onerror=alert(1)>\n> <b>hot</b>", "en");
    expect(node.querySelector("img, b")).toBeNull();
    expect(node.querySelector(".hazard")?.textContent).toContain("<b>hot</b>");
  });
});

describe("photos", () => {
  it("keep their proportions", () => {
    expect(fitted(4000, 3000)).toEqual([2000, 1500]);
    expect(fitted(800, 600)).toEqual([800, 600]);
    expect(fitted(9000, 1)).toEqual([2000, 1]);
  });
});

describe("form", () => {
  beforeEach(() => localStorage.clear());

  const page = (): HTMLElement => {
    const view = deviceView(new Texts("en"), new DeviceDoor("code", "en"), new DraftBook("code"), DEVICE);
    document.body.replaceChildren(view);
    return view;
  };
  const type = (view: HTMLElement, name: string, value: string): void => {
    const input = view.querySelector<HTMLInputElement>(`[name=${name}]`);
    if (!input) throw new Error(name);
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };

  it("names what cannot be sent", () => {
    expect(problemsOf({ text: " a ", email: "x" })).toEqual({ text: "e_text", email: "e_email" });
    expect(problemsOf({ text: "it leaks", email: "" })).toEqual({});
  });

  it("does not send an empty report, and puts the focus where it lacks", () => {
    const calls = vi.spyOn(globalThis, "fetch");
    const view = page();
    view.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
    expect(calls).not.toHaveBeenCalled();
    expect(document.activeElement?.getAttribute("name")).toBe("text");
    expect(view.querySelector("#problem-text")?.textContent).toBe(english.e_text);
  });

  it("keeps the draft over a reload", () => {
    type(page(), "text", "it leaks");
    expect(page().querySelector<HTMLTextAreaElement>("[name=text]")?.value).toBe("it leaks");
  });

  it("sends one report for a double tap, keeps the link and forgets the draft", async () => {
    const sent: Sent = { ticket: "TK-1", token: "secret", repeated: false };
    const answer = new Response(JSON.stringify(sent), { status: 201 });
    const calls = vi.spyOn(globalThis, "fetch").mockResolvedValue(answer);
    calls.mockClear();
    const view = page();
    type(view, "text", "it leaks");
    const form = view.querySelector("form");
    form?.dispatchEvent(new Event("submit", { cancelable: true }));
    form?.dispatchEvent(new Event("submit", { cancelable: true }));
    await vi.waitFor(() => expect(view.querySelector("#sent")).not.toBeNull());
    expect(calls).toHaveBeenCalledTimes(1);
    expect(new DraftBook("code").load().text).toBe("");
    expect(new DraftBook("code").sent()).toEqual([{ ticket: "TK-1", token: "secret" }]);
  });

  it("keeps the text and the same id when the connection fails", async () => {
    vi.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError("offline"));
    const view = page();
    type(view, "text", "it leaks");
    const before = new DraftBook("code").load().client_id;
    view.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
    await vi.waitFor(() => expect(view.querySelector(".failed")?.textContent).toBe(english.e_offline));
    expect(new DraftBook("code").load()).toMatchObject({ client_id: before, text: "it leaks" });
  });
});

describe("consent", () => {
  const note = { purpose: "survey", text: "May we ask?", language: "en", note_number: 3, given: null };
  const answers = (items: unknown[], refuse = false) =>
    vi.fn((_: string, how: RequestInit) =>
      Promise.resolve(new Response(JSON.stringify({ items }), { status: refuse && how.method === "POST" ? 429 : 200 })),
    );
  const shown = async (items: unknown[], refuse = false) => {
    const fetch = answers(items, refuse);
    vi.stubGlobal("fetch", fetch);
    const node = consentSection(new Texts("en"), new ReportDoor("s3cret"));
    document.body.replaceChildren(node);
    await vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(1));
    await new Promise((resolve) => setTimeout(resolve));
    return { fetch, node, box: node.querySelector<HTMLInputElement>("input") };
  };
  it("stays away where there is nothing to consent to", async () => {
    expect((await shown([{ ...note, text: "" }])).node.hidden).toBe(true);
  });
  it("is given under the text that was shown", async () => {
    const { fetch, node, box } = await shown([note]);
    expect([node.hidden, box?.checked]).toEqual([false, false]);
    box?.click();
    await vi.waitFor(() => expect(box?.disabled).toBe(false));
    expect(JSON.parse(String(fetch.mock.calls[1]?.[1].body))).toEqual({ purpose: "survey", given: true, language: "en", note_number: 3 });
    expect(box?.checked).toBe(true);
  });
  it("goes back to what it was when the door refuses", async () => {
    const { node, box } = await shown([{ ...note, given: true }], true);
    box?.click();
    await vi.waitFor(() => expect(node.querySelector(".failed")?.textContent).not.toBe(""));
    expect(box?.checked).toBe(true);
  });
});
