// @vitest-environment node
import { describe, expect, it } from "vitest";
import { readCatalogues, unevenKeys } from "../catalogues";

const all = readCatalogues();
const english = all.en ?? {};
const holes = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map((m) => m[0]).sort();

describe("catalogues", () => {
  it("exist for every language promised", () => {
    expect(Object.keys(all).sort()).toEqual(["de", "en", "es", "fr", "ja", "zh"]);
  });

  it.each(Object.keys(all))("%s has the same keys, filled, with the same {names}", (language) => {
    const texts = all[language] ?? {};
    expect(unevenKeys(english, texts)).toEqual([]);
    for (const [key, text] of Object.entries(texts)) expect(holes(text), key).toEqual(holes(english[key] ?? ""));
  });
});
