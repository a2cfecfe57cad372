import type en from "./en.json";

export type Key = keyof typeof en & string;
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

interface Coded {
  code: string;
  args?: Record<string, unknown>;
  text: string;
}

export interface Translator {
  /** The text of a key. With a `count`, a `<key>_one` text is used where grammar asks for it. */
  (key: Key, params?: Params): string;
  /** The label of a coded value, such as a state; an unknown code is shown in words. */
  label: (group: string, code: string) => string;
  /** A coded sentence of the backend in this language; an unknown one in the backend's words. */
  reason: (reason: Coded, group?: string) => string;
  /** What is known of a failure by its code; empty for an unknown one. */
  problem: (code: string) => string;
}

/** Values that are codes themselves, and the group of their labels. */
const CODED: Record<string, string> = {
  what: "coverage", kind: "coverage", clock: "dueKind", priority: "priority", state: "ticketState",
};

export function translator(catalogue: Catalogue, language: Language): Translator {
  const texts = catalogue as Record<string, string>;
  const plural = new Intl.PluralRules(language);
  const locale = language === "zh" ? "zh-CN" : "en-GB";
  const translate = (key: Key, params: Params = {}): string => {
    const single =
      typeof params.count === "number" && plural.select(params.count) === "one"
        ? texts[`${key}_one`]
        : undefined;
    return fill(single ?? texts[key] ?? key, params);
  };
  const label = (group: string, code: string): string =>
    texts[`${group}.${code}`] ?? code.replaceAll("_", " ");
  const said = (name: string, value: unknown): string => {
    const text = Array.isArray(value) ? value.join(", ") : String(value ?? "");
    if (CODED[name]) return label(CODED[name], text);
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
      return new Date(`${text}T00:00:00Z`).toLocaleDateString(locale, { timeZone: "UTC", dateStyle: "medium" });
    }
    if (/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|\+00:00)$/.test(text)) {
      return new Date(text).toLocaleString(locale, { dateStyle: "short", timeStyle: "short" });
    }
    return text;
  };
  const reason = ({ code, args = {}, text }: Coded, group = "reason"): string => {
    const sentence = texts[`${group}.${code}`];
    if (!sentence) return text;
    const values = Object.entries(args).map(([name, value]) => [name, said(name, value)] as const);
    const filled = fill(sentence, Object.fromEntries(values));
    return /\{\w+\}/.test(filled) ? text : filled;
  };
  const problem = (code: string): string => texts[`problem.${code}`] ?? "";
  return Object.assign(translate, { label, reason, problem });
}
