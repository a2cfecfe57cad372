import type { Due } from "../api/visits";
import { useWords } from "../i18n/LanguageProvider";
import { Tag } from "../ui/States";
import { useNow } from "../ui/useNow";
import { DUE_TONE, dueState } from "./terms";

/** A promise to the customer with the time that is left of it. */
export function DueTag({ due }: { due: Due }) {
  const { t, f } = useWords();
  const now = useNow();
  const state = dueState(due, now);
  const open = state === "running" || state === "warning" || state === "breached";
  return (
    <Tag tone={DUE_TONE[state]}>
      {t.label("dueKind", due.kind)} {open ? f.distance(due.due_at, now) : t.label("dueState", state)}
    </Tag>
  );
}
