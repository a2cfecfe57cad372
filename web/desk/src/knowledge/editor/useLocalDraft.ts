import { useMemo, useState } from "react";
import type { ArticleFields } from "../../api/knowledgeTypes";
import { readStored, writeStored } from "../../ui/useStored";

export interface LocalDraft {
  fields: ArticleFields;
  /** Version of the article's row that the text was begun from. */
  base: number;
  at: string;
}

/** Text that is not saved yet, kept in this browser under the article's name. */
export function useLocalDraft(name: string) {
  const stored = `draft.article.${name}`;
  const [found] = useState(() => readStored<LocalDraft | null>(stored, null));
  return useMemo(
    () => ({
      found,
      keep: (fields: ArticleFields, base: number) =>
        writeStored(stored, { fields, base, at: new Date().toISOString() }),
      forget: () => writeStored(stored, null),
    }),
    [found, stored],
  );
}
