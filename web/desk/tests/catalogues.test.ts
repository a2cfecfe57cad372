import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import en from "../src/i18n/en.json";
import zh from "../src/i18n/zh.json";
import { fill, nearest, translator } from "../src/i18n/catalogue";

const texts = { en: en as Record<string, string>, zh: zh as Record<string, string> };
const ROOT = join(__dirname, "../src");
const sources = readdirSync(ROOT, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith("schema.d.ts"))
  .map((name) => ({ name, text: readFileSync(join(ROOT, name), "utf8") }));
const code = sources.map(({ text }) => text).join("\n");
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe("catalogues", () => {
  it("have the same keys in both languages, in the same order", () => {
    expect(Object.keys(texts.zh)).toEqual(Object.keys(texts.en));
  });

  it("leave no text empty", () => {
    for (const catalogue of Object.values(texts)) {
      for (const [key, text] of Object.entries(catalogue)) expect(text.trim(), key).not.toBe("");
    }
  });

  it("have the same places for values in both languages", () => {
    for (const key of Object.keys(texts.en)) {
      expect(places(texts.zh[key] ?? ""), key).toEqual(places(texts.en[key] ?? ""));
    }
  });

  it("hold no key that nothing asks for", () => {
    const groups = new Set(
      [...code.matchAll(/label\(\s*"([\w.]+)"/g), ...code.matchAll(/t\(`([\w.]+)\.\$\{/g)].map(
        (match) => match[1],
      ),
    );
    // Groups that are named in a table and looked up by it.
    for (const group of ["decision", "intent", "handoff", "type", "channel"]) groups.add(group);
    const unused = Object.keys(texts.en).filter((key) => {
      const plain = key.replace(/_one$/, "");
      const group = plain.slice(0, plain.lastIndexOf("."));
      return !code.includes(`"${plain}"`) && !groups.has(group);
    });
    expect(unused).toEqual([]);
  });
});

describe("components", () => {
  it("hold no words of their own", () => {
    const literal = />\s*([A-Za-z\u4e00-\u9fff][^<>{}=;()]*?)\s*<\//g;
    const attribute = /\b(?:placeholder|aria-label|title|label|alt)="([^"]+)"/g;
    const found = sources
      .filter(({ name }) => name.endsWith(".tsx"))
      .flatMap(({ name, text }) =>
        [...text.matchAll(literal), ...text.matchAll(attribute)].map((m) => `${name}: ${m[1]}`),
      )
      .filter((line) => !/: (?:Esc)$/.test(line));
    expect(found).toEqual([]);
  });
});

describe("translator", () => {
  const english = translator(en, "en");
  const chinese = translator(zh, "zh");

  it("fills in values and leaves an unknown place visible", () => {
    expect(fill("{a} and {b}", { a: 1 })).toBe("1 and {b}");
  });

  it("uses the singular where the language has one", () => {
    expect(english("inbox.unread", { count: 1 })).toBe("1 unread message");
    expect(english("inbox.unread", { count: 2 })).toBe("2 unread messages");
    expect(chinese("inbox.unread", { count: 1 })).toBe("1 条未读消息");
  });

  it("shows an unknown code in words", () => {
    expect(english.label("ticketState", "in_progress")).toBe("In progress");
    expect(english.label("ticketState", "on_the_moon")).toBe("on the moon");
  });

  it("takes any Chinese for Chinese and the rest for English", () => {
    expect(["zh", "zh-TW", "ZH_cn", "de", "", null].map(nearest)).toEqual([
      "zh", "zh", "zh", "en", "en", "en",
    ]);
  });
});
