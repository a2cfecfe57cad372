import { useQuery } from "@tanstack/react-query";
import { Segmented, Select } from "antd";
import { useState } from "react";
import { gaps } from "../../api/knowledgeLearning";
import type { GapState } from "../../api/knowledgeTypes";
import { useWords } from "../../i18n/LanguageProvider";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { PageHead } from "../../ui/PageHead";
import { LinesSkeleton } from "../../ui/Skeletons";
import { KnowledgeTabs } from "../KnowledgeTabs";
import { GapCard } from "./GapCard";
import { GAP_STATES, languagesOf, shownGaps } from "./gaps";
import "../../styles/knowledge.css";

/** Questions that no article answers, the most asked first. */
export default function GapsPage() {
  const { t, f } = useWords();
  const [state, setState] = useState<GapState>("open");
  const [lang, setLang] = useState<string>();
  const list = useQuery({ queryKey: ["knowledge", "gaps", state], queryFn: () => gaps(state) });
  const shown = shownGaps(list.data ?? [], lang);
  return (
    <div className="page">
      <PageHead
        title={t("nav.knowledge")}
        sub={list.data && t("gaps.sub", { count: shown.length })}
      />
      <KnowledgeTabs />
      <div className="filters">
        <Segmented<GapState>
          aria-label={t("article.state")}
          value={state}
          options={GAP_STATES.map((one) => ({ value: one, label: t.label("gapState", one) }))}
          onChange={setState}
        />
        <Select<string>
          allowClear
          className="filter-pick"
          value={lang}
          placeholder={t("article.lang")}
          aria-label={t("article.lang")}
          options={languagesOf(list.data ?? []).map((one) => ({
            value: one,
            label: f.languageName(one),
          }))}
          onChange={setLang}
        />
      </div>
      {list.isPending && <LinesSkeleton />}
      {list.isError && !list.data && <ErrorState error={list.error} retry={() => list.refetch()} />}
      {list.data && shown.length === 0 && (
        <EmptyState
          title={lang ? t("state.noMatch") : t.label("gapsNone", state)}
          hint={lang ? t("state.noMatchHint") : t.label("gapsNoneHint", state)}
        />
      )}
      <ul className="cards">
        {shown.map((gap) => (
          <GapCard key={gap.id} gap={gap} />
        ))}
      </ul>
    </div>
  );
}
