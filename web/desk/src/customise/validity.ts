import type { OwnField, OwnValue } from "../api/customise";

/** The shape of a text: A a letter, 9 a digit, * either, any other sign itself. */
export function fitsPattern(text: string, pattern: string): boolean {
  const signs = [...text];
  const marks = [...pattern];
  return (
    signs.length === marks.length &&
    marks.every((mark, at) => {
      const sign = signs[at] ?? "";
      if (mark === "A") return /\p{L}/u.test(sign);
      if (mark === "9") return /\p{Nd}/u.test(sign);
      if (mark === "*") return /[\p{L}\p{Nd}]/u.test(sign);
      return mark === sign;
    })
  );
}

const good = (field: OwnField, text: string): boolean => {
  if (field.type === "link") return /^https?:\/\/[^\s/@]+\.?[^\s@]*$/i.test(text);
  if (field.type === "email") return /^[^\s@<>]+@[^\s@<>]+\.[^\s@.]{2,}$/.test(text);
  if (field.type === "phone") return /^\+[\d\s().-]{5,30}$/.test(text);
  if (field.type === "text" && field.pattern) return fitsPattern(text.trim(), field.pattern);
  return text.trim().length >= (field.min_chars ?? 0);
};

export type Fault = "type" | "pattern" | "short" | null;

/** What is plainly wrong with a value before it is sent; the backend has the last word. */
export function faultOf(field: OwnField, value: OwnValue | undefined): Fault {
  if (typeof value !== "string" || value === "" || good(field, value)) return null;
  if (field.type === "text" && field.pattern) return "pattern";
  return field.type === "text" || field.type === "long_text" ? "short" : "type";
}
