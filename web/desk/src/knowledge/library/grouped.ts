import type { ArticleLine } from "../../api/knowledgeTypes";
import type { LibraryView } from "./view";

/** Whether the filters ask for particular languages of an article, and not for the article. */
export const byLanguage = (view: LibraryView): boolean =>
  !!(view.lang || view.state || view.translation);

/** One line for each article: in the reader's language, else its original, else any. */
export function onePerArticle(lines: ArticleLine[], language: string): ArticleLine[] {
  const best = new Map<string, ArticleLine>();
  const worth = (line: ArticleLine) => (line.lang === language ? 2 : line.translation ? 0 : 1);
  for (const line of lines) {
    const known = best.get(line.key);
    if (!known || worth(line) > worth(known)) best.set(line.key, line);
  }
  return [...best.values()];
}
