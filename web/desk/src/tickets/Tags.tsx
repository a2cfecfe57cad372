import { useWords } from "../i18n/LanguageProvider";

export function StateTag({ state }: { state: string }) {
  const { t } = useWords();
  return (
    <span className="tag" data-state={state}>
      {t.label("ticketState", state)}
    </span>
  );
}

/** Urgency by colour and by word, never by colour alone. */
export function PriorityTag({ priority }: { priority: string }) {
  const { t } = useWords();
  return (
    <span className="priority" data-priority={priority}>
      <i aria-hidden />
      {t.label("priority", priority)}
    </span>
  );
}
