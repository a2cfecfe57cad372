import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { App } from "antd";
import { act } from "react";
import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { MemoryRouter } from "react-router";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DiffLine, IntakeDetail, PassageView } from "../src/api/knowledgeTypes";
import { LanguageProvider } from "../src/i18n/LanguageProvider";
import { DiffView } from "../src/knowledge/article/DiffView";
import { useLocalDraft } from "../src/knowledge/editor/useLocalDraft";
import { EMPTY_FIELDS } from "../src/knowledge/editor/fields";
import { PassageCard } from "../src/knowledge/passages/PassageCard";
import { NameChips } from "../src/knowledge/terminology/NameChips";
import { Markdown } from "../src/ui/Markdown";

let wide = true;
let stage: HTMLElement;
let root: ReturnType<typeof createRoot>;

beforeEach(() => {
  localStorage.clear();
  localStorage.setItem("careloop.desk.language", '"en"');
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  vi.stubGlobal("matchMedia", (query: string) => ({
    matches: !wide && query.includes("max-width"),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  stage = document.body.appendChild(document.createElement("div"));
  root = createRoot(stage);
});

afterEach(() => {
  act(() => root.unmount());
  stage.remove();
  vi.unstubAllGlobals();
});

/** Let the page settle until something is there. */
async function until(there: () => unknown) {
  for (let tries = 0; tries < 100 && !there(); tries++) {
    await act(() => new Promise<void>((done) => setTimeout(done, 10)));
  }
  expect(there()).toBeTruthy();
}

async function show(content: ReactNode) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  await act(async () => {
    root.render(
      <LanguageProvider>
        <App component={false}>
          <QueryClientProvider client={client}>
            <MemoryRouter>{content}</MemoryRouter>
          </QueryClientProvider>
        </App>
      </LanguageProvider>,
    );
  });
  // The catalogue is a file of its own that is loaded first.
  await until(() => stage.childElementCount);
}

const line = (kind: DiffLine["kind"], text: string, at: number): DiffLine => ({
  kind,
  old: kind === "add" ? null : at,
  new: kind === "del" ? null : at,
  text,
});

describe("a difference", () => {
  const diff = {
    from_number: 1,
    to_number: 2,
    fields: [{ name: "product_models", before: [], after: ["GS-200", "GS-2000"] }],
    lines: [line("same", "one", 1), line("del", "every 30 days", 2), line("add", "every 40 days", 2)],
  };

  it("stands side by side where there is room, with the changed words marked", async () => {
    wide = true;
    await show(<DiffView diff={diff} />);
    expect(stage.querySelector(".diff-split")).not.toBeNull();
    expect([...stage.querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual(["3", "4"]);
    expect(stage.querySelector(".diff-fields")?.textContent).toBe(
      "Product modelsNone → GS-200, GS-2000",
    );
  });

  it("stands line under line on a phone", async () => {
    wide = false;
    await show(<DiffView diff={diff} />);
    expect(stage.querySelector(".diff-split")).toBeNull();
    expect([...stage.querySelectorAll("tr")].map((row) => row.dataset.kind)).toEqual([
      "same", "del", "add",
    ]);
  });

  it("says when nothing differs", async () => {
    await show(<DiffView diff={{ ...diff, fields: [], lines: [] }} />);
    expect(stage.textContent).toContain("No difference");
  });
});

describe("the upload tray", () => {
  const answer: IntakeDetail = {
    id: "i1", state: "done", at: "2026-11-22T03:00:00Z", by: "Lin", total: 3, error: "",
    counts: { waiting: 0, read: 0, added: 1, changed: 1, held: 0, unchanged: 0, quarantined: 1 },
    files: [
      { path: "new.md", state: "added", reason: "", warnings: ["odd heading"], passages: 4, pages: 0, article_id: "a1", edition: 1 },
      { path: "old.md", state: "changed", reason: "", warnings: [], passages: 2, pages: 0, article_id: "a2", edition: 2 },
      { path: "bad.pdf", state: "quarantined", reason: "It is locked", warnings: [], passages: 0, pages: 0, article_id: null, edition: 0 },
    ],
  };

  it("shows what needs a person first, with its reason, and leads to the difference", async () => {
    vi.stubGlobal("fetch", async () => new Response(JSON.stringify(answer), { status: 200 }));
    vi.doMock("../src/app/session", () => ({ useMay: () => true }));
    const { IntakePanel } = await import("../src/knowledge/files/IntakePanel");
    await show(<IntakePanel id="i1" />);
    await until(() => stage.querySelector(".file-list"));
    const rows = [...stage.querySelectorAll(".file-line")].map((row) => row.textContent);
    expect(rows[0]).toContain("bad.pdf");
    expect(rows[0]).toContain("It is locked");
    expect(stage.querySelector('a[href="/knowledge/articles/a2/versions"]')).not.toBeNull();
    expect(stage.textContent).toContain("Read 1 again");
    const chip = [...stage.querySelectorAll<HTMLElement>("button.chip")].find((one) =>
      one.textContent?.startsWith("New"),
    );
    act(() => chip?.click());
    expect(stage.querySelectorAll(".file-line")).toHaveLength(1);
    expect(stage.textContent).toContain("odd heading");
  });
});

describe("a passage", () => {
  const passage: PassageView = {
    ordinal: 0, section: "Fan", kind: "step_list", text: "1. Stop.", page: 7,
    hazard: { role: "engineer", classes: ["laser"], notes: ["Warning: laser"] },
    codes: ["E-217"], concepts: [{ key: "fan", name: "Fan" }],
    figures: [{ name: "f1", caption: "The fan", page: 7, box: [0, 0, 1, 1], url: "/f1" }],
  };

  it("tells its hazard and points at its figure on hover", async () => {
    const seen: (string | null)[] = [];
    await show(
      <PassageCard passage={passage} lang="en" onFigure={(one) => seen.push(one?.name ?? null)} />,
    );
    expect(stage.querySelector(".compiled-hazard")?.textContent).toBe(
      "Qualified engineers only · laserWarning: laser",
    );
    const mark = stage.querySelector<HTMLElement>(".figure-mark");
    act(() => mark?.focus());
    act(() => mark?.blur());
    expect(seen).toEqual(["f1", null]);
  });
});

describe("Markdown of articles", () => {
  it("shows figures by their addresses and takes escapes off", async () => {
    await show(
      <Markdown text={"a \\* b\n\n![The \\[fan\\]](figure:f-1)\n\n<b>x</b>"} figures={{ "f-1": "/f1.png" }} />,
    );
    expect(stage.querySelector("img")?.getAttribute("src")).toBe("/f1.png");
    expect(stage.querySelector(".md-figure")?.textContent).toBe("The [fan]");
    expect(stage.textContent).toContain("a * b");
    expect(stage.querySelector("b")).toBeNull();
  });
});

describe("names of a term as chips", () => {
  it("prefer the one that is clicked", async () => {
    let names = ["fan", "blower"];
    await show(<NameChips lang="en" names={names} onChange={(next) => (names = next)} />);
    act(() => stage.querySelectorAll<HTMLElement>('button[lang="en"]')[1]?.click());
    expect(names).toEqual(["blower", "fan"]);
  });

  it("cannot be changed by those who may only read", async () => {
    await show(<NameChips lang="en" names={["fan", "blower"]} />);
    expect(stage.querySelector("input")).toBeNull();
    expect(stage.querySelectorAll("button:not(:disabled)")).toHaveLength(0);
  });
});

describe("text that is not saved", () => {
  it("is kept in this browser under its article until it is saved", async () => {
    let draft: ReturnType<typeof useLocalDraft> | undefined;
    const Probe = ({ name }: { name: string }) => {
      draft = useLocalDraft(name);
      return <i />;
    };
    await show(<Probe name="a1" />);
    draft?.keep({ ...EMPTY_FIELDS, body: "half" }, 3);
    await show(<Probe key="again" name="a1" />);
    expect(draft?.found).toMatchObject({ base: 3, fields: { body: "half" } });
    draft?.forget();
    await show(<Probe key="after" name="a1" />);
    expect(draft?.found).toBeNull();
  });
});
