/** Texts of the page, dates, and the language the visitor reads. */

import type en from "./locales/en.json";
import { keys, languages } from "virtual:catalogues";

export type TextKey = keyof typeof en;

/** Codes of the languages that have texts. */
export const LANGUAGES: readonly string[] = Object.keys(languages);
const RIGHT_TO_LEFT = ["ar", "fa", "he", "ur"];

/** Our code for a language tag: "zh-CN" and "zh-Hans" are "zh". */
export function baseCode(tag: string): string {
  return tag.trim().toLowerCase().split(/[-_]/)[0] ?? "";
}

/** The first of `wishes` that has texts, else English. */
export function pickLanguage(wishes: readonly (string | null | undefined)[]): string {
  for (const wish of wishes) {
    const code = baseCode(wish ?? "");
    if (LANGUAGES.includes(code)) return code;
  }
  return "en";
}

/** Where text in a language starts. */
export function direction(language: string): "rtl" | "ltr" {
  return RIGHT_TO_LEFT.includes(baseCode(language)) ? "rtl" : "ltr";
}

/** A language's name in itself, as it stands in a menu. */
export function ownName(code: string): string {
  try {
    const name = new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;
    return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
  } catch {
    return code;
  }
}

export class Texts {
  private readonly texts: Record<string, string>;

  constructor(readonly language: string) {
    const lines = (languages[language] ?? languages.en ?? "").split("\n");
    this.texts = Object.fromEntries(keys.split("\n").map((key, index) => [key, lines[index] ?? key]));
  }

  /** The text of a key with its `{names}` filled in. */
  t(key: TextKey, values: Record<string, string | number> = {}): string {
    return (this.texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) =>
      name in values ? String(values[name]) : whole,
    );
  }

  /** A moment with its date, in the visitor's own zone. */
  moment(iso: string): string {
    const at = new Date(iso);
    if (Number.isNaN(at.getTime())) return iso;
    return new Intl.DateTimeFormat(`${this.language}-u-nu-latn`, { dateStyle: "medium", timeStyle: "short" }).format(at);
  }
}
