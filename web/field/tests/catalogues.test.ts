import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import en from "../src/i18n/en.json";
import zh from "../src/i18n/zh.json";

const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "").sort();

function sources(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sources(path);
      return /\.tsx?$/.test(entry.name) && !entry.name.endsWith(".d.ts") ? readFileSync(path, "utf8") : "";
    })
    .join("\n");
}

describe("the catalogues", () => {
  it("have the same keys and the same places for values", () => {
    expect(Object.keys(zh)).toEqual(Object.keys(en));
    for (const [key, text] of Object.entries(en)) {
      if (key.endsWith("_one")) continue;
      expect([key, places((zh as Record<string, string>)[key] ?? "")]).toEqual([key, places(text)]);
    }
  });

  it("hold no text that nothing shows", () => {
    const written = sources(join(import.meta.dirname, "../src"));
    const grouped = new Set([...written.matchAll(/(?:label|reason)\((?:[^()]*, )?"(\w+)"/g)].map(([, group]) => group));
    const built = new Set([...written.matchAll(/`([\w.]+)\.?\$\{/g)].map(([, start]) => start?.replace(/\.$/, "")));
    const idle = Object.keys(en).filter((key) => {
      const [group = ""] = key.split(".");
      const start = key.slice(0, key.lastIndexOf("."));
      const plain = key.replace(/_one$/, "");
      return !written.includes(`"${plain}"`) && !grouped.has(group) && !built.has(start) && !GIVEN.has(group);
    });
    expect(idle).toEqual([]);
  });
});

/** Groups that the code asks by a value: sentences of the backend, names of failures. */
const GIVEN = new Set(["reason", "problem", "note", "why", "faultWhy", "coverage"]);
