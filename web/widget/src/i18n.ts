/** Texts of the widget's own surface, dates and writing direction. */

import type en from "./locales/en.json";
import { keys, languages } from "virtual:catalogues";

export type TextKey = keyof typeof en;

/** Codes of the languages that have texts. */
export const LANGUAGES: readonly string[] = Object.keys(languages);

function catalogue(language: string): Record<string, string> {
  const texts = (languages[language] ?? languages.en ?? "").split("\n");
  return Object.fromEntries(keys.split("\n").map((key, index) => [key, texts[index] ?? key]));
}

/** Our code for a browser's language tag: "zh-CN" and "zh-Hans" are "zh". */
export function baseCode(tag: string): string {
  return tag.trim().toLowerCase().split(/[-_]/)[0] ?? "";
}

/** The assistant answers in these too; the surface around it speaks English then. */
const WITHOUT_TEXTS = ["ko", "vi", "th"];

/** The first of `wishes` that the chat can be held in, else English. */
export function pickLanguage(wishes: readonly (string | null | undefined)[]): string {
  for (const wish of wishes) {
    const code = baseCode(wish ?? "");
    if (LANGUAGES.includes(code) || WITHOUT_TEXTS.includes(code)) return code;
  }
  return "en";
}

/** A language's name in another language, as it stands within a sentence. */
export function languageName(code: string, shown: string): string {
  try {
    return new Intl.DisplayNames([shown], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** A language's name in itself, as it stands in a menu. */
export function ownName(code: string): string {
  const name = languageName(code, code);
  return name.charAt(0).toLocaleUpperCase() + name.slice(1);
}

export class I18n {
  private readonly texts: Record<string, string>;

  constructor(
    readonly language: string,
    private readonly rtlLanguages: readonly string[] = ["ar"],
  ) {
    this.texts = catalogue(language);
  }

  /** Where text in a language starts; the first strong letter decides when it is not known. */
  direction(language: string): "rtl" | "ltr" | "auto" {
    if (!language) return "auto";
    return this.rtlLanguages.includes(language) ? "rtl" : "ltr";
  }

  /** The text of a key with its `{names}` filled in. */
  t(key: TextKey, values: Record<string, string | number> = {}): string {
    return (this.texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) =>
      name in values ? String(values[name]) : whole,
    );
  }

  /** Hour and minute of a moment. */
  time(iso: string): string {
    return this.format(iso, { hour: "2-digit", minute: "2-digit" });
  }

  /** A date without a time, such as the end of a warranty; read without shifting the zone. */
  date(iso: string): string {
    return this.format(iso, {
      year: "numeric",
      month: "short",
      day: "numeric",
      ...(iso.length <= 10 ? { timeZone: "UTC" } : {}),
    });
  }

  /** Weekday and time of a moment, with its date when it is not within the week. */
  moment(iso: string, now: Date = new Date()): string {
    const near = Math.abs(Date.parse(iso) - now.getTime()) < 6 * 864e5;
    return this.format(iso, {
      weekday: "short",
      ...(near ? {} : { month: "short", day: "numeric" }),
      hour: "2-digit",
      minute: "2-digit",
    });
  }

  /** "Today", "Yesterday" or the date. */
  day(iso: string, now: Date = new Date()): string {
    const days = (d: Date): number => Math.round(Date.UTC(d.getFullYear(), d.getMonth(), d.getDate()) / 864e5);
    const ago = days(now) - days(new Date(iso));
    if (ago === 0) return this.t("today");
    if (ago === 1) return this.t("yesterday");
    return this.format(iso, { weekday: "short", year: "numeric", month: "short", day: "numeric" });
  }

  /** A file size in kB or MB. */
  size(bytes: number): string {
    const [value, unit] = bytes < 1e6 ? [bytes / 1e3, "kB"] : [bytes / 1e6, "MB"];
    const digits = value < 10 ? 1 : 0;
    return `${new Intl.NumberFormat(this.locale, { maximumFractionDigits: digits }).format(value)} ${unit}`;
  }

  private get locale(): string {
    return `${this.language}-u-nu-latn`;
  }

  private format(iso: string, options: Intl.DateTimeFormatOptions): string {
    const moment = new Date(iso);
    if (Number.isNaN(moment.getTime())) return iso;
    return new Intl.DateTimeFormat(this.locale, options).format(moment);
  }
}
