import { describe, expect, it } from "vitest";
import type { ArticleLine, DiffLine, Intake, IntakeFile, TranslationMatrix } from "../src/api/knowledgeTypes";
import { changedPieces, partners, sideBySide } from "../src/knowledge/article/diffRows";
import { chosenPair } from "../src/knowledge/article/versions";
import { EMPTY_QUESTION, askOf, barsOf, searchOf } from "../src/knowledge/bench/question";
import { EMPTY_FIELDS, faultsOf, sameFields } from "../src/knowledge/editor/fields";
import { hazardLead } from "../src/knowledge/editor/hazardLines";
import {
  applied, bullets, figure, hazard, heading, lineBreak, steps, table,
} from "../src/knowledge/editor/markdownActs";
import type { Edit, Field } from "../src/knowledge/editor/markdownActs";
import { sectionAt, sectionsOf } from "../src/knowledge/editor/sections";
import { byUrgency, countsOf, progressOf, sortedIntoBatches } from "../src/knowledge/files/intakes";
import { byLanguage, onePerArticle } from "../src/knowledge/library/grouped";
import { EMPTY_VIEW, activeFilters, cleared, isFiltered, queryOf } from "../src/knowledge/library/view";
import { pageOfKey, pageWithin, placeOf } from "../src/knowledge/manual/pages";
import { headName, preferring, savedNames, withNames } from "../src/knowledge/terminology/names";
import { isRowId } from "../src/knowledge/terms";
import { besideEachOther } from "../src/knowledge/translations/besideEachOther";
import { cellOf, columnsOf, progressOf as languageProgress, rowsOf } from "../src/knowledge/translations/matrix";
import { offsetOfPage } from "../src/ui/pageMarks";
import { parseBlocks } from "../src/ui/markdownBlocks";

const line = (kind: DiffLine["kind"], text: string): DiffLine => ({ kind, old: 1, new: 1, text });

describe("differences", () => {
  it("stand what went beside what came in its place", () => {
    const rows = sideBySide([
      line("same", "a"), line("del", "b"), line("del", "c"), line("add", "B"),
      line("skip", ""), line("add", "d"), line("del", "e"), line("add", "E"),
    ]);
    expect(rows.map(({ kind, left, right }) => [kind, left?.text, right?.text])).toEqual([
      ["same", "a", "a"], ["change", "b", "B"], ["change", "c", undefined], ["skip", "", ""],
      ["change", undefined, "d"], ["change", "e", "E"],
    ]);
  });

  it("mark what changed inside a line, also in characters of two units", () => {
    const gone = line("del", "在 30 分钟内");
    const come = line("add", "在 35 分钟内");
    const pairs = partners([gone, come]);
    expect(changedPieces(gone.text, pairs.get(gone))).toEqual([
      { text: "在 3", changed: false }, { text: "0", changed: true }, { text: " 分钟内", changed: false },
    ]);
    expect(changedPieces("a😀b", "a😁b").map((one) => one.text).join("")).toBe("a😀b");
    expect(changedPieces("aa", "aaa")).toEqual([{ text: "aa", changed: false }]);
    expect(changedPieces("abcdefgh", "zyxwvuts")).toEqual([{ text: "abcdefgh", changed: false }]);
    expect(changedPieces("new", undefined)).toEqual([{ text: "new", changed: false }]);
  });

  it("compare the draft with what is published, unless the address names others", () => {
    const versions = [1, 2, 3].map((number) => ({ number })) as never;
    const article = { versions, version: 1, draft: { number: 3 } } as never;
    expect(chosenPair(article, null, null)).toEqual({ from: 1, to: 3 });
    expect(chosenPair(article, "2", "3")).toEqual({ from: 2, to: 3 });
    expect(chosenPair(article, "2", "9")).toEqual({ from: 1, to: 3 });
    expect(chosenPair({ versions, version: 3, draft: null }, null, null)).toEqual({ from: 2, to: 3 });
    expect(chosenPair({ versions: [], version: 0, draft: null }, null, null)).toBeNull();
  });
});

describe("the Markdown toolbar", () => {
  const at = (text: string): Field => {
    const start = text.indexOf("[");
    const bare = text.replace("[", "");
    const end = bare.indexOf("]");
    return { text: bare.replace("]", ""), start, end: end < 0 ? start : end };
  };
  const done = (text: string, act: (field: Field) => Edit) => {
    const field = at(text);
    return applied(field.text, act(field));
  };

  it("walks a heading through its levels and back", () => {
    expect(done("a\nTi[tle\nb", heading)).toBe("a\n## Title\nb");
    expect(done("[## Title", heading)).toBe("### Title");
    expect(done("[### Title", heading)).toBe("Title");
  });

  it("numbers lines, skips blank ones, and takes numbers off again", () => {
    expect(done("[- one\n\ntwo]\nrest", steps)).toBe("1. one\n\n2. two\nrest");
    expect(done("[1. one\n2. two]", steps)).toBe("one\ntwo");
    expect(done("[", steps)).toBe("1. ");
    expect(done("[1. one\n2. two]", bullets)).toBe("- one\n- two");
  });

  it("warns with the signal word of the article's language", () => {
    const german = (field: Field) => hazard(field, hazardLead("de", "care"));
    expect(done("[Heiß.\nAbkühlen lassen.]", german)).toBe("> Vorsicht: Heiß.\n> Abkühlen lassen.");
    expect(hazardLead("xx", "care")).toBe("Caution: ");
  });

  it("sets blocks apart by blank lines", () => {
    const two = (field: Field) => table(field, ["A", "B"]);
    expect(done("text[", two)).toBe("text\n\n| A | B |\n|---|---|\n|   |   |\n|   |   |");
    expect(done("a\n[b", (field) => figure(field, "fig-1", "Fan"))).toBe(
      "a\n\n![Fan](figure:fig-1)\n\nb",
    );
    const field = at("text[");
    const edit = two(field);
    expect(applied(field.text, edit).slice(edit.start, edit.end)).toBe("A");
  });

  it("goes on with lists and notes, and ends them on an empty item", () => {
    const next = (text: string) => {
      const field = at(text);
      const edit = lineBreak(field);
      return edit && applied(field.text, edit);
    };
    expect(next("1. one[")).toBe("1. one\n2. ");
    expect(next("   - yes: go to step 2[")).toBe("   - yes: go to step 2\n   - ");
    expect(next("> Warning: hot[")).toBe("> Warning: hot\n> ");
    expect(next("1. one\n2. [")).toBe("1. one\n");
    expect(next("plain[")).toBeNull();
    expect(next("1. [one]")).toBeNull();
  });
});

describe("long texts", () => {
  const text = "intro\n## A\na\n```\n## no heading\n```\n### B\nb";
  it("are cut at headings and are whole again together", () => {
    expect(sectionsOf(text).map((one) => [one.heading, one.level])).toEqual([["", 0], ["A", 2], ["B", 3]]);
    expect(sectionsOf(text).map((one) => one.text).join("\n")).toBe(text);
    expect(sectionAt(text, text.length)?.heading).toBe("B");
    expect(sectionAt(text, 0)?.heading).toBe("");
    expect(sectionsOf("")).toHaveLength(1);
  });

  it("know where a page begins, and go on across it inside lists and tables", () => {
    const pages = "a\n\n<!-- page: 2 -->\n\n1. one\n<!-- page: 3 -->\n2. two\n\n<!-- a word -->\nend";
    expect(pages.slice(offsetOfPage(pages, 2))).toMatch(/^<!-- page: 2 -->/);
    expect(pages.slice(offsetOfPage(pages, 9))).toMatch(/^<!-- page: 3 -->/);
    expect(offsetOfPage("no pages", 4)).toBe(0);
    expect(parseBlocks(pages).map((block) => block.kind)).toEqual([
      "paragraph", "page", "list", "paragraph",
    ]);
    expect(parseBlocks(pages)[2]).toMatchObject({ items: [{ text: "one" }, { text: "two" }] });
  });

  it("stand section by section beside their translation only when their headings agree", () => {
    expect(besideEachOther("x\n## A\na", "y\n## Б\nб")).toHaveLength(2);
    expect(besideEachOther("x\n## A\na", "y\n### Б\nб")).toEqual([
      { source: "x\n## A\na", target: "y\n### Б\nб" },
    ]);
  });
});

describe("article fields", () => {
  it("name what keeps them from being saved", () => {
    expect(faultsOf(EMPTY_FIELDS)).toEqual(["title", "body"]);
    const good = { ...EMPTY_FIELDS, title: "T", body: "b" };
    expect(faultsOf(good)).toEqual([]);
    expect(faultsOf({ ...good, effective_from: "2026-02-01", effective_until: "2026-01-31" })).toEqual([
      "dates",
    ]);
  });

  it("are the same when nothing a reader sees differs", () => {
    expect(sameFields(EMPTY_FIELDS, { ...EMPTY_FIELDS, effective_from: null })).toBe(true);
    expect(sameFields(EMPTY_FIELDS, { ...EMPTY_FIELDS, product_models: ["GS-200"] })).toBe(false);
  });
});

describe("the library's filters", () => {
  it("ask for what waits and for one's own by id", () => {
    const query = queryOf({ ...EMPTY_VIEW, state: "waiting", owner: "me", q: " E-217 " }, "u1");
    expect(query).toMatchObject({ state: "", waiting: true, owner_id: "u1", q: "E-217" });
    expect(queryOf({ ...EMPTY_VIEW, state: "draft" }, "u1")).toMatchObject({ state: "draft", waiting: undefined });
  });

  it("become chips, and are all taken off without losing columns and order", () => {
    const view = { ...EMPTY_VIEW, lang: "de", type: "faq", columns: ["title"] };
    expect(activeFilters(view)).toEqual(["type", "lang"]);
    expect(isFiltered(cleared(view))).toBe(false);
    expect(cleared(view).columns).toEqual(["title"]);
  });
});

describe("the library's lines", () => {
  const row = (key: string, lang: string, translation: string) =>
    ({ key, lang, translation }) as ArticleLine;
  const lines = [row("A", "de", "reviewed"), row("A", "zh", ""), row("B", "de", "reviewed"), row("B", "en", "")];
  it("are one for each article, in the reader's language or its own", () => {
    expect(onePerArticle(lines, "en").map(({ lang }) => lang)).toEqual(["zh", "en"]);
    expect(onePerArticle(lines, "de").map(({ lang }) => lang)).toEqual(["de", "de"]);
  });

  it("are one for each language when the filters ask for languages", () => {
    expect(byLanguage(EMPTY_VIEW)).toBe(false);
    expect(byLanguage({ ...EMPTY_VIEW, state: "waiting" })).toBe(true);
  });
});

describe("files handed in", () => {
  const file = (name: string, size = 3) => new File(["x".repeat(size)], name);
  it("go in requests that are not too big, each file once, with its front matter beside it", () => {
    const names = ["a.pdf", "b.pdf", "c.md", "a.pdf.yaml", "c.md", ".DS_Store", "~$c.docx", "e.md"];
    const handed = sortedIntoBatches([...names.map((name) => file(name)), file("f.md", 0)], 3);
    expect(handed.batches.map((batch) => batch.map((one) => one.name))).toEqual([
      ["a.pdf", "a.pdf.yaml", "b.pdf"], ["c.md", "e.md"],
    ]);
    expect(handed.twice).toEqual(["c.md"]);
    expect(handed.empty).toEqual(["f.md"]);
    expect(sortedIntoBatches([]).batches).toEqual([]);
  });

  it("tell how far they are, and show first what needs a person", () => {
    const intake = { total: 4, state: "running", counts: { waiting: 1 } } as Intake;
    expect(progressOf(intake)).toBe(75);
    expect(progressOf({ ...intake, state: "done" })).toBe(100);
    expect(progressOf({ ...intake, total: 0 })).toBe(0);
    const files = ["unchanged", "added", "quarantined"].map((state) => ({ state }) as IntakeFile);
    expect(byUrgency(files).map(({ state }) => state)).toEqual(["quarantined", "added", "unchanged"]);
    expect(countsOf(files)[0]).toEqual({ state: "quarantined", count: 1 });
  });
});

describe("manual pages", () => {
  it("turn by keys and stay within the manual", () => {
    expect(pageOfKey("PageDown", 3, 9)).toBe(4);
    expect(pageOfKey("End", 3, 9)).toBe(9);
    expect(pageOfKey("x", 3, 9)).toBeNull();
    expect([0, 5, 99].map((page) => pageWithin(page, 9))).toEqual([1, 5, 9]);
    expect(placeOf([0.1, 0.2, 0.6, 0.4])).toEqual({
      left: "10%", top: "20%", width: "50%", height: "20%",
    });
  });

  it("are told apart from keys of articles", () => {
    expect(isRowId("01kaz7b3c4d5e6f7g8h9j0k123")).toBe(true);
    expect(isRowId("GS-TRB-003")).toBe(false);
  });
});

describe("the bench", () => {
  it("asks with history only when it is switched on", () => {
    const question = { ...EMPTY_QUESTION, query: " hot ", history: "first\n\n second " };
    expect(searchOf(question)).toMatchObject({ query: "hot", history: [], model: null, lang: null });
    expect(askOf({ ...question, withHistory: true }).history).toEqual([
      { role: "customer", text: "first" }, { role: "customer", text: "second" },
    ]);
  });

  it("draws what counted most as the longest bar", () => {
    const bars = barsOf([
      { feature: "a", value: 0.5 }, { feature: "b", value: -1 }, { feature: "c", value: 0 },
    ]);
    expect(bars.map(({ feature, share }) => [feature, share])).toEqual([["b", 1], ["a", 0.5]]);
    expect(barsOf([])).toEqual([]);
  });
});

describe("the matrix of translations", () => {
  const matrix: TranslationMatrix = {
    languages: ["zh", "en", "de"],
    translator: "none",
    items: [
      { id: "a", key: "A", title: "Eins", lang: "zh", targets: { en: { state: "published", id: "1" }, de: { state: "behind", id: "2" } } },
      { id: "b", key: "B", title: "Zwei", lang: "en", targets: { zh: { state: "unreviewed", id: "3" } } },
    ],
  };
  const none = { q: "", langs: [], states: [] };
  it("knows originals and what is missing", () => {
    expect(cellOf(matrix.items[1]!, "en").state).toBe("original");
    expect(cellOf(matrix.items[1]!, "de")).toEqual({ state: "missing", id: null });
  });

  it("filters by words, languages and states together", () => {
    expect(columnsOf(matrix, { ...none, langs: ["fr", "de"] })).toEqual(["de", "fr"]);
    expect(columnsOf(matrix, none)).toEqual(["zh", "en", "de"]);
    expect(rowsOf(matrix, { ...none, states: ["missing"] }).map((row) => row.key)).toEqual(["B"]);
    expect(rowsOf(matrix, { ...none, langs: ["en"], states: ["missing"] })).toEqual([]);
    expect(rowsOf(matrix, { ...none, q: "eins" })).toHaveLength(1);
  });

  it("counts an article as good where it is the original or up to date", () => {
    expect(languageProgress(matrix).map(({ good }) => good)).toEqual([1, 2, 0]);
  });
});

describe("names of a term", () => {
  it("are added once, split at separators, the preferred first", () => {
    expect(withNames(["fan"], "Fan; cooling  fan；blower")).toEqual(["fan", "cooling fan", "blower"]);
    expect(preferring(["a", "b", "c"], "c")).toEqual(["c", "a", "b"]);
    expect(savedNames({ en: ["a"], de: [] })).toEqual({ en: ["a"] });
  });

  it("head the term in the reader's language, else in English, else in any", () => {
    expect(headName({ zh: ["风扇"], en: ["fan"] }, "zh", "fan")).toBe("风扇");
    expect(headName({ de: ["Lüfter"] }, "zh", "fan")).toBe("Lüfter");
    expect(headName({}, "zh", "fan")).toBe("fan");
  });
});
