import { useWords } from "../i18n/LanguageProvider";

/** Where a visit stands, or what came of it. */
export function VisitState({ state, result }: { state: string; result?: string }) {
  const { t } = useWords();
  return (
    <span className="tag" data-visit={state} data-result={result || undefined}>
      {state === "done" && result ? t.label("visitResult", result) : t.label("visitState", state)}
    </span>
  );
}
