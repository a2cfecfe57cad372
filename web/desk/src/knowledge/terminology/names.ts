/** Names of a term in one language; the first is the preferred one. */
export type Names = string[];

/** The names with more of them; separators split, repetitions are left out. */
export function withNames(names: Names, typed: string): Names {
  const fresh = typed
    .split(/[;；\n|]/)
    .map((one) => one.trim().replace(/\s+/g, " "))
    .filter(Boolean);
  const out = [...names];
  for (const one of fresh) {
    if (!out.some((known) => known.toLowerCase() === one.toLowerCase())) out.push(one);
  }
  return out;
}

export const withoutName = (names: Names, name: string): Names =>
  names.filter((one) => one !== name);

/** The names with this one as the preferred. */
export const preferring = (names: Names, name: string): Names => [
  name,
  ...withoutName(names, name),
];

/** Names as they are saved: languages without any are left out. */
export const savedNames = (names: Record<string, Names>): Record<string, Names> =>
  Object.fromEntries(Object.entries(names).filter(([, own]) => own.length > 0));

/** The term as a heading: in the reader's language, else in English, else in any, else its key. */
export const headName = (names: Record<string, Names>, lang: string, key: string): string =>
  names[lang]?.[0] ?? names.en?.[0] ?? Object.values(names).find((own) => own[0])?.[0] ?? key;
