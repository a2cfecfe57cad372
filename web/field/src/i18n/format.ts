import type { Language } from "./catalogue";

const LOCALE: Record<Language, string> = { zh: "zh-CN", en: "en-GB" };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Formats {
  locale: string;
  date: (value: string | null | undefined, zone?: string) => string;
  /** "Mon, 23 Nov". */
  day: (value: string | Date, zone?: string) => string;
  time: (value: string, zone?: string) => string;
  dateTime: (value: string | null | undefined, zone?: string) => string;
  /** "09:00-11:00", with the day where it ends on another one. */
  span: (from: string, until: string, zone?: string) => string;
  /** "2 h 5 min" of a length in minutes. */
  minutes: (count: number) => string;
  /** How long until, or since, an instant, in its largest unit. */
  distance: (value: string, now?: number) => string;
  number: (value: number, digits?: number) => string;
  percent: (share: number) => string;
  money: (value: { amount: string; currency: string }) => string;
  /** Short name of a zone where it differs from this device's now, else empty. */
  foreignZone: (zone: string, at: string) => string;
}

/** A date without a time is a calendar day, whatever the zone of the reader. */
const parsed = (value: string | Date): { at: Date; zone?: string } =>
  typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value)
    ? { at: new Date(`${value}T00:00:00Z`), zone: "UTC" }
    : { at: new Date(value) };

export function formats(language: Language): Formats {
  const locale = LOCALE[language];
  const write = (value: string | Date, options: Intl.DateTimeFormatOptions, zone?: string): string => {
    const found = parsed(value);
    if (Number.isNaN(found.at.getTime())) return String(value);
    const timeZone = found.zone ?? (zone || undefined);
    return new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(found.at);
  };
  const clock: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hour12: false };
  const short: Intl.DateTimeFormatOptions = { weekday: "short", month: "short", day: "numeric" };
  const full: Intl.DateTimeFormatOptions = { year: "numeric", month: "short", day: "numeric" };
  const unit = (value: number, name: string): string =>
    new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "short" }).format(value);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
  const offset = (zone: string | undefined, at: string): string =>
    new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" })
      .formatToParts(new Date(at))
      .find((part) => part.type === "timeZoneName")?.value ?? "";

  const formatted: Formats = {
    locale,
    date: (value, zone) => (value ? write(value, full, zone) : ""),
    day: (value, zone) => write(value, short, zone),
    time: (value, zone) => write(value, clock, zone),
    dateTime: (value, zone) => (value ? write(value, { month: "short", day: "numeric", ...clock }, zone) : ""),
    span(from, until, zone) {
      const same = formatted.day(from, zone) === formatted.day(until, zone);
      const end = same ? formatted.time(until, zone) : formatted.dateTime(until, zone);
      return `${formatted.time(from, zone)} – ${end}`;
    },
    minutes(count) {
      if (count < 60) return unit(count, "minute");
      if (count >= 1440) {
        const over = Math.round((count % 1440) / 60);
        const days = unit(Math.floor(count / 1440), "day");
        return over ? `${days} ${unit(over, "hour")}` : days;
      }
      const rest = count % 60;
      const hours = unit(Math.floor(count / 60), "hour");
      return rest ? `${hours} ${unit(rest, "minute")}` : hours;
    },
    distance(value, now = Date.now()) {
      const gap = new Date(value).getTime() - now;
      const size = Math.abs(gap);
      if (size < HOUR) return relative.format(Math.round(gap / MINUTE), "minute");
      if (size < DAY) return relative.format(Math.round(gap / HOUR), "hour");
      return relative.format(Math.round(gap / DAY), "day");
    },
    number: (value, digits = 0) =>
      new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value),
    percent: (share) =>
      new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(share),
    money: ({ amount, currency }) =>
      new Intl.NumberFormat(locale, { style: "currency", currency }).format(Number(amount)),
    foreignZone(zone, at) {
      try {
        return offset(zone, at) === offset(undefined, at) ? "" : offset(zone, at).replace("GMT", "UTC");
      } catch {
        return "";
      }
    },
  };
  return formatted;
}

/** A number as typed on any keyboard: "12,5", "－3", "１２"; null when it is none. */
export function typedNumber(text: string): number | null {
  const plain = text
    .normalize("NFKC")
    .trim()
    .replace(/[−–—]/g, "-")
    .replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
}

/** The text of an object of languages, in the wanted one, else the nearest there is. */
export function spoken(texts: Record<string, string> | null | undefined, language: string): string {
  if (!texts) return "";
  return (
    texts[language] ||
    Object.entries(texts).find(([tag, text]) => text && tag.startsWith(language))?.[1] ||
    texts.en ||
    texts.zh ||
    Object.values(texts).find(Boolean) ||
    ""
  );
}
