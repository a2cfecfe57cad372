import type en from "./en.json";

export type Key = keyof typeof en;
export type Catalogue = Record<Key, string>;
export type Params = Record<string, string | number>;

export const LANGUAGES = ["zh", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The interface language nearest to a BCP 47 tag: Chinese for any Chinese, else English. */
export const nearest = (tag: string | null | undefined): Language =>
  tag?.toLowerCase().startsWith("zh") ? "zh" : "en";

/** Load a catalogue; each is a file of its own, so a browser fetches only one. */
export async function load(language: Language): Promise<Catalogue> {
  const file = language === "zh" ? await import("./zh.json") : await import("./en.json");
  return file.default;
}

/** Put the values into `{name}` places; a place without a value stays visible. */
export const fill = (text: string, params: Params = {}): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => String(params[name] ?? place));

export interface Translator {
  /** The text of a key. With a `count`, a `<key>_one` text is used where grammar asks for it. */
  (key: Key, params?: Params): string;
  /** The label of a coded value, such as a state; an unknown code is shown in words. */
  label: (group: string, code: string) => string;
}

export function translator(catalogue: Catalogue, language: Language): Translator {
  const texts = catalogue as Record<string, string>;
  const plural = new Intl.PluralRules(language);
  const translate = (key: Key, params: Params = {}): string => {
    const single =
      typeof params.count === "number" && plural.select(params.count) === "one"
        ? texts[`${key}_one`]
        : undefined;
    return fill(single ?? texts[key] ?? key, params);
  };
  const label = (group: string, code: string): string =>
    texts[`${group}.${code}`] ?? code.replaceAll("_", " ");
  return Object.assign(translate, { label });
}
