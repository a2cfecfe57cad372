import { describe, expect, it } from "vitest";
import { tokenOf } from "../src/api";
import { hindrance } from "../src/decide";
import { quantityText } from "../src/paper";
import { CATALOGUES, Texts, pickLanguage } from "../src/texts";

describe("the page of a quote", () => {
  it("reads the secret from the address and nothing else", () => {
    expect(tokenOf("/q/abc123")).toBe("abc123");
    expect(tokenOf("/q/../x")).toBe("");
    expect(tokenOf("/q/a b")).toBe("");
  });

  it("speaks the first language that it knows", () => {
    expect(pickLanguage([null, "pt-BR", "zh-Hans-CN", "en"])).toBe("zh");
    expect(pickLanguage(["ko"])).toBe("en");
  });

  it.each(Object.keys(CATALOGUES))("keeps the places of every text in %s", (code) => {
    const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
    for (const [key, text] of Object.entries(CATALOGUES.en ?? {})) {
      const other = CATALOGUES[code] as Record<string, string>;
      expect(places(other[key] ?? ""), key).toEqual(places(text));
      expect(other[key]).not.toBe("");
    }
  });

  it("never rounds an amount", () => {
    const texts = new Texts("en");
    expect(texts.money("12345678901.99", "EUR")).toContain("12,345,678,901.99");
    expect(texts.money("0.1250", "EUR")).toContain("0.125");
    expect(quantityText(texts, { quantity: "90", per: 60, unit: "min" })).toBe("1.5 h");
  });

  it("asks for name and box before it lets anybody approve", () => {
    expect(hindrance(" D ", true)).toBe("needName");
    expect(hindrance("Dora", false)).toBe("needBox");
    expect(hindrance("Dora", true)).toBeNull();
  });
});
