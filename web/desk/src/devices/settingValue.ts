type Setting = string | number | boolean | null;

/**
 * A typed setting in the JSON type that the old value had: a number stays a number and yes/no stays
 * yes/no as long as what was typed still is one; a new setting is text.
 */
export function settingOf(typed: string, before: unknown): Setting {
  const text = typed.trim();
  if (typeof before === "number" && text !== "" && Number.isFinite(Number(text))) return Number(text);
  if (typeof before === "boolean" && (text === "true" || text === "false")) return text === "true";
  if (before === null && text === "") return null;
  return text;
}
