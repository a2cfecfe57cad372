import type { Language } from "./catalogue";

const LOCALE: Record<Language, string> = { zh: "zh-CN", en: "en-GB" };
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Formats {
  /** Calendar day of a date ("2026-05-12") or an instant. */
  date: (value: string | null | undefined) => string;
  time: (value: string) => string;
  dateTime: (value: string | null | undefined) => string;
  /** "5 minutes ago"; days further than a week become a date. */
  ago: (value: string, now?: number) => string;
  /** Length of a wait up to now, in its one or two largest units. */
  waited: (since: string, now?: number) => string;
  number: (value: number, digits?: number) => string;
  bytes: (size: number) => string;
  languageName: (code: string) => string;
  countryName: (code: string) => string;
  locale: string;
}

/** A date without a time is a calendar day, whatever the zone of the reader. */
const parsed = (value: string): { at: Date; zone?: string } =>
  /^\d{4}-\d{2}-\d{2}$/.test(value)
    ? { at: new Date(`${value}T00:00:00Z`), zone: "UTC" }
    : { at: new Date(value) };

export function formats(language: Language): Formats {
  const locale = LOCALE[language];
  const write = (value: string, options: Intl.DateTimeFormatOptions): string => {
    const { at, zone } = parsed(value);
    if (Number.isNaN(at.getTime())) return value;
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(at);
  };
  const day: Intl.DateTimeFormatOptions = { year: "numeric", month: "short", day: "numeric" };
  const clock: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hour12: false };
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
  const unit = (value: number, name: string): string =>
    new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "narrow" }).format(value);
  const named = (type: "language" | "region", code: string): string => {
    try {
      return new Intl.DisplayNames([locale], { type }).of(code) ?? code;
    } catch {
      return code;
    }
  };

  return {
    locale,
    date: (value) => (value ? write(value, day) : ""),
    time: (value) => write(value, clock),
    dateTime: (value) => (value ? write(value, { ...day, ...clock }) : ""),
    ago(value, now = Date.now()) {
      const seconds = Math.round((now - new Date(value).getTime()) / 1000);
      if (seconds < MINUTE) return relative.format(0, "minute");
      if (seconds < HOUR) return relative.format(-Math.floor(seconds / MINUTE), "minute");
      if (seconds < DAY) return relative.format(-Math.floor(seconds / HOUR), "hour");
      if (seconds < 7 * DAY) return relative.format(-Math.floor(seconds / DAY), "day");
      return write(value, { month: "short", day: "numeric" });
    },
    waited(since, now = Date.now()) {
      const seconds = Math.max(0, Math.floor((now - new Date(since).getTime()) / 1000));
      if (seconds < MINUTE) return unit(seconds, "second");
      if (seconds < HOUR) return unit(Math.floor(seconds / MINUTE), "minute");
      if (seconds < DAY) {
        const minutes = Math.floor((seconds % HOUR) / MINUTE);
        return `${unit(Math.floor(seconds / HOUR), "hour")} ${unit(minutes, "minute")}`;
      }
      return unit(Math.floor(seconds / DAY), "day");
    },
    number: (value, digits = 0) =>
      new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value),
    bytes: (size) =>
      size < 1024 * 1024
        ? unit(Math.max(1, Math.round(size / 1024)), "kilobyte")
        : unit(Math.round(size / 104857.6) / 10, "megabyte"),
    languageName: (code) => (code ? named("language", code) : ""),
    countryName: (code) => (/^[A-Za-z]{2}$/.test(code) ? named("region", code.toUpperCase()) : code),
  };
}
