// @vitest-environment node
import { describe, expect, it } from "vitest";
import { readCatalogues } from "../catalogues";
import { I18n, LANGUAGES, languageName, ownName, pickLanguage, type TextKey } from "../src/i18n";

const all = readCatalogues();
const english = all.en ?? {};
const holes = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map((m) => m[0]).sort();

describe("catalogues", () => {
  it("exist for every language promised", () => {
    expect(Object.keys(all).sort()).toEqual([..."zh en es de fr pt ru ja ar".split(" ")].sort());
    expect([...LANGUAGES].sort()).toEqual(Object.keys(all).sort());
  });

  it.each(Object.keys(all))("%s has the same keys, filled, with the same {names}", (language) => {
    const texts = all[language] ?? {};
    expect(Object.keys(texts)).toEqual(Object.keys(english));
    for (const [key, text] of Object.entries(texts)) {
      expect(text.trim(), key).not.toBe("");
      expect(text, key).not.toContain("\n");
      expect(holes(text), `${language} ${key}`).toEqual(holes(english[key] ?? ""));
    }
  });

  it.each(Object.keys(all).filter((l) => l !== "en"))("%s is not English left over", (language) => {
    const same = Object.entries(all[language] ?? {}).filter(([key, text]) => text === english[key]);
    expect(same.map(([key]) => key).length).toBeLessThan(5);
  });
});

describe("texts", () => {
  it("fills in names and leaves unknown ones", () => {
    const en = new I18n("en");
    expect(en.t("step_of", { n: 2, m: 5 })).toBe("Step 2 of 5");
    expect(en.t("step_of", { n: 2 })).toBe("Step 2 of {m}");
  });

  it("puts text in verbatim, also text that looks like a pattern", () => {
    expect(new I18n("en").t("person_joined", { name: "$& {m}" })).toBe("$& {m} has joined the chat");
  });

  it("finds the language of a browser, else English", () => {
    expect(pickLanguage(["zh-Hans-CN"])).toBe("zh");
    expect(pickLanguage([null, "xx", "pt_BR", "de"])).toBe("pt");
    expect(pickLanguage(["ko"])).toBe("ko");
    expect(pickLanguage(["xx"])).toBe("en");
  });

  it("knows where a language starts", () => {
    const ar = new I18n("ar");
    expect(ar.direction("ar")).toBe("rtl");
    expect(ar.direction("zh")).toBe("ltr");
    expect(ar.direction("")).toBe("auto");
  });

  it("names days and languages", () => {
    const now = new Date(2026, 10, 22, 12);
    const en = new I18n("en");
    expect(en.day(new Date(2026, 10, 22, 0, 5).toISOString(), now)).toBe(english.today);
    expect(en.day(new Date(2026, 10, 21, 23, 55).toISOString(), now)).toBe(english.yesterday);
    expect(en.date("2027-03-01")).toBe("Mar 1, 2027");
    expect(en.date("not a date")).toBe("not a date");
    expect(ownName("es")).toBe("Español");
    expect(languageName("zh", "de")).toBe("Chinesisch");
  });

  it("falls back to English for a language without texts", () => {
    expect(new I18n("ko").t("send" satisfies TextKey)).toBe("Send");
  });
});
