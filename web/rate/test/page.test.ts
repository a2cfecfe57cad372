import { afterEach, expect, it, vi } from "vitest";
import { Door } from "../src/api";
import type { Survey } from "../src/contract";
import { isGood } from "../src/form";
import { Page } from "../src/page";
import { CATALOGUES, pickLanguage } from "../src/texts";

const SURVEY: Survey = {
  state: "open", maker: "Maker", language: "en", languages: ["zh", "en"], ticket: "TK-1", device: "PX-1",
  finished_on: "2026-11-01", ask_csat: true, ask_nps: true, ask_comment: true, intro: "", thanks: "",
  reasons: [
    { code: "fast", label: "Quick", good: true },
    { code: "slow", label: "Slow", good: false },
  ],
  consent: "We keep it.", low_csat: 2, answer: null, changeable_until: null, stopped: false,
};

function serve(...answers: (Survey | number)[]) {
  const calls: { url: string; body: unknown }[] = [];
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    calls.push({ url, body: init.body ? JSON.parse(String(init.body)) : null });
    const next = answers.length > 1 ? answers.shift() : answers[0];
    const ok = typeof next === "object";
    return Promise.resolve(new Response(ok ? JSON.stringify(next) : "{}", { status: ok ? 200 : Number(next) }));
  });
  return calls;
}

async function opened(): Promise<HTMLElement> {
  const root = document.createElement("div");
  document.body.replaceChildren(root);
  await new Page(root, new Door("secret"), "en").open();
  return root;
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const pick = (root: HTMLElement, id: string) => root.querySelector<HTMLInputElement>(`#${id}`)?.click();

afterEach(() => vi.unstubAllGlobals());

it("asks, sends what was chosen, thanks, and lets it be changed", async () => {
  const answered: Survey = {
    ...SURVEY, state: "answered", changeable_until: "2026-11-23T08:00:00Z",
    answer: { csat: 1, nps: 0, comment: "late", reasons: ["slow"] },
  };
  const calls = serve(SURVEY, answered);
  const root = await opened();
  expect(root.querySelectorAll("input[name=csat]").length).toBe(5);
  expect(root.querySelectorAll("input[name=nps]").length).toBe(11);
  pick(root, "csat-5");
  pick(root, "reason-fast");
  pick(root, "csat-1");
  expect(root.querySelector("#reason-fast")).toBeNull();
  pick(root, "reason-slow");
  pick(root, "nps-0");
  const words = root.querySelector("textarea");
  if (words) {
    words.value = "late";
    words.dispatchEvent(new Event("input"));
  }
  root.querySelector("form")?.requestSubmit();
  await settled();
  await settled();
  expect(calls.at(-1)).toEqual({
    url: "/v1/public/surveys/secret",
    body: { csat: 1, nps: 0, comment: "late", reasons: ["slow"], lang: "en" },
  });
  expect(root.querySelector("[data-thanks]")?.textContent).toBe("Thank you.");
  root.querySelector<HTMLButtonElement>(".button.quiet")?.click();
  expect(root.querySelector<HTMLInputElement>("#csat-1")?.checked).toBe(true);
});

it("keeps what was entered when sending fails, and wants a score", async () => {
  const calls = serve(SURVEY, 500);
  const root = await opened();
  root.querySelector("form")?.requestSubmit();
  expect(root.querySelector("[role=alert]")?.textContent).toBe("Please choose a score first.");
  expect(calls.length).toBe(1);
  pick(root, "csat-4");
  root.querySelector("form")?.requestSubmit();
  await settled();
  await settled();
  expect(root.querySelector("form [role=alert]")?.textContent).toContain("did not work");
  expect(root.querySelector<HTMLInputElement>("#csat-4")?.checked).toBe(true);
});

it("tells of a link that opens nothing, and of a survey that is over", async () => {
  serve(404);
  expect((await opened()).textContent).toContain("This link does not work");
  serve({ ...SURVEY, state: "expired" });
  const over = await opened();
  expect(over.textContent).toContain("This survey is over.");
  expect(over.querySelector("form")).toBeNull();
});

it("speaks five languages with the same places", () => {
  const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map((m) => m[0]).sort();
  for (const texts of Object.values(CATALOGUES)) {
    for (const [key, text] of Object.entries(texts)) {
      expect(holes(text)).toEqual(holes(CATALOGUES.en?.[key as "title"] ?? ""));
    }
  }
  expect(pickLanguage(["ja", "de-AT"])).toBe("de");
  expect(pickLanguage([])).toBe("en");
  expect([isGood({ csat: null, nps: null }), isGood({ csat: 3, nps: 10 }), isGood({ csat: null, nps: 7 })]).toEqual([null, false, true]);
});
