/** Packs `src/locales/*.json` into one module without repeating the keys; refuses uneven ones. */

import { readdirSync, readFileSync } from "node:fs";
import type { Plugin } from "vite";

const FOLDER = new URL("src/locales/", import.meta.url);
const NAME = "virtual:catalogues";

export function readCatalogues(): Record<string, Record<string, string>> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));
  return Object.fromEntries(
    files.map((name) => [name.replace(".json", ""), JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"))]),
  );
}

export function catalogues(): Plugin {
  return {
    name: "catalogues",
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    load(id) {
      if (id !== `\0${NAME}`) return null;
      const all = readCatalogues();
      const keys = Object.keys(all.en ?? {});
      const packed: Record<string, string> = {};
      for (const [language, texts] of Object.entries(all)) {
        const odd = [...keys.filter((k) => !texts[k]), ...Object.keys(texts).filter((k) => !keys.includes(k))];
        if (odd.length > 0) throw new Error(`locales/${language}.json does not match en.json: ${odd.join(", ")}`);
        packed[language] = keys.map((key) => texts[key]).join("\n");
      }
      return `export const keys = ${JSON.stringify(keys.join("\n"))};\nexport const languages = ${JSON.stringify(packed)};`;
    },
  };
}
