import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ask, search } from "../../api/knowledge";
import { useWords } from "../../i18n/LanguageProvider";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { PageHead } from "../../ui/PageHead";
import { LinesSkeleton } from "../../ui/Skeletons";
import { KnowledgeTabs } from "../KnowledgeTabs";
import { AnswerPanel } from "./AnswerPanel";
import { BenchForm } from "./BenchForm";
import { FoundPassages } from "./FoundPassages";
import { askOf, searchOf } from "./question";
import type { BenchQuestion } from "./question";
import "../../styles/knowledge-bench.css";
import "../../styles/knowledge.css";

/** What the search finds for a question and why, and what the bot would say to it. */
export default function BenchPage() {
  const { t } = useWords();
  const [asked, setAsked] = useState<BenchQuestion>();
  const found = useMutation({ mutationFn: search });
  const said = useMutation({ mutationFn: ask });
  const run = (question: BenchQuestion) => {
    setAsked(question);
    found.mutate(searchOf(question));
    said.mutate(askOf(question));
  };
  return (
    <div className="page">
      <PageHead title={t("nav.knowledge")} />
      <KnowledgeTabs />
      <BenchForm asked={asked} busy={found.isPending || said.isPending} onAsk={run} />
      {!asked && <EmptyState title={t("bench.idle")} hint={t("bench.idleHint")} />}
      {asked && (
        <div className="bench">
          <section aria-label={t("bench.results")}>
            {found.isPending && <LinesSkeleton />}
            {found.isError && (
              <ErrorState error={found.error} retry={() => found.mutate(searchOf(asked))} />
            )}
            {found.data && (
              <FoundPassages answer={found.data} onClarify={(model) => run({ ...asked, model })} />
            )}
          </section>
          <aside aria-label={t("bench.answer")}>
            {said.isPending && <LinesSkeleton lines={2} />}
            {said.isError && (
              <ErrorState error={said.error} retry={() => said.mutate(askOf(asked))} />
            )}
            {said.data && <AnswerPanel answer={said.data} />}
          </aside>
        </div>
      )}
    </div>
  );
}
