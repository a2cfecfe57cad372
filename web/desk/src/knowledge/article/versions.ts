import type { Article, VersionLine } from "../../api/knowledgeTypes";

export const newestFirst = (versions: VersionLine[]): VersionLine[] =>
  [...versions].sort((a, b) => b.number - a.number);

/**
 * The two versions to compare: those that the address names, else what is published with the draft
 * that waits, else the last two. Null: there is only one.
 */
export function chosenPair(
  { versions, version, draft }: Pick<Article, "versions" | "version" | "draft">,
  from: string | null,
  to: string | null,
): { from: number; to: number } | null {
  const known = newestFirst(versions).map((one) => one.number);
  const [last, second] = known;
  if (last === undefined || second === undefined) return null;
  const asked = [Number(from), Number(to)] as const;
  if (from && to && asked.every((one) => known.includes(one))) return { from: asked[0], to: asked[1] };
  if (draft && version > 0 && known.includes(version)) return { from: version, to: draft.number };
  return { from: second, to: last };
}
