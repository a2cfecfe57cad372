/** Texts of the widget's own surface, dates and writing direction. */

import ar from "./locales/ar.json";
import de from "./locales/de.json";
import en from "./locales/en.json";
import es from "./locales/es.json";
import fr from "./locales/fr.json";
import ja from "./locales/ja.json";
import pt from "./locales/pt.json";
import ru from "./locales/ru.json";
import zh from "./locales/zh.json";

export type TextKey = keyof typeof en;
export type Catalogue = Record<TextKey, string>;

export const CATALOGUES: Readonly<Record<string, Catalogue>> = { zh, en, es, de, fr, pt, ru, ja, ar };

/** Our code for a browser's language tag: "zh-CN" and "zh-Hans" are "zh". */
export function baseCode(tag: string): string {
  return tag.trim().toLowerCase().split(/[-_]/)[0] ?? "";
}

/** The first of `wishes` that has texts, else English. */
export function pickLanguage(wishes: readonly (string | null | undefined)[]): string {
  for (const wish of wishes) {
    const code = baseCode(wish ?? "");
    if (code in CATALOGUES) return code;
  }
  return "en";
}

/** A language's name, in the language `shown` or in itself. */
export function languageName(code: string, shown: string = code): string {
  try {
    const name = new Intl.DisplayNames([shown], { type: "language" }).of(code) ?? code;
    return name.charAt(0).toLocaleUpperCase(shown) + name.slice(1);
  } catch {
    return code;
  }
}

export class I18n {
  readonly rtl: boolean;
  private readonly texts: Catalogue;

  constructor(
    readonly language: string,
    rtlLanguages: readonly string[] = ["ar"],
  ) {
    this.texts = CATALOGUES[language] ?? en;
    this.rtl = language === "ar" || rtlLanguages.includes(language);
  }

  /** The text of a key with its `{names}` filled in. */
  t(key: TextKey, values: Record<string, string | number> = {}): string {
    return this.texts[key].replace(/\{(\w+)\}/g, (whole, name: string) =>
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

  /** Weekday, date and time of a moment. */
  moment(iso: string): string {
    return this.format(iso, {
      weekday: "short",
      month: "short",
      day: "numeric",
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
