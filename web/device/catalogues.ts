/** Packs `src/locales/*.json` into one module without repeating the keys; refuses uneven ones. */

import { readdirSync, readFileSync } from "node:fs";
import type { Plugin } from "vite";

const FOLDER = new URL("src/locales/", import.meta.url);
const NAME = "virtual:catalogues";

export function readCatalogues(): Record<string, Record<string, string>> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));
  const read = (name: string): Record<string, string> => JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"));
  return Object.fromEntries(files.map((name) => [name.replace(".json", ""), read(name)]));
}

/** Names of keys that stand in one catalogue and not in the other, or are empty. */
export function unevenKeys(english: Record<string, string>, other: Record<string, string>): string[] {
  return [
    ...Object.keys(english).filter((key) => !other[key]),
    ...Object.keys(other).filter((key) => !(key in english)),
  ];
}

export function catalogues(): Plugin {
  return {
    name: "catalogues",
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    load(id) {
      if (id !== `\0${NAME}`) return null;
      const all = readCatalogues();
      const english = all.en ?? {};
      const keys = Object.keys(english);
      const packed: Record<string, string> = {};
      for (const [language, texts] of Object.entries(all)) {
        const odd = unevenKeys(english, texts);
        if (odd.length > 0) throw new Error(`locales/${language}.json does not match en.json: ${odd.join(", ")}`);
        packed[language] = keys.map((key) => texts[key]).join("\n");
      }
      return `export const keys = ${JSON.stringify(keys.join("\n"))};\nexport const languages = ${JSON.stringify(packed)};`;
    },
  };
}
