import { useInfiniteQuery } from "@tanstack/react-query";
import { Segmented, Tag } from "antd";
import { useState } from "react";
import { ruleLog } from "../api/customise";
import type { RuleCatalog } from "../api/customise";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { MoreButton } from "../ui/MoreButton";
import { LinesSkeleton } from "../ui/Skeletons";
import { WhenText } from "../ui/WhenText";
import { RunPlace, RunView } from "./RunView";
import { useText } from "./ownFields";

type Kind = "acted" | "failed" | "all";

/** Every look of the rules: what was found, what was done, how long it took. */
export function RuleLog({ catalog, ruleId }: { catalog: RuleCatalog; ruleId?: string }) {
  const { t } = useWords();
  const text = useText();
  const [kind, setKind] = useState<Kind>("acted");
  const asked = { rule_id: ruleId, matched: kind === "acted" ? true : undefined, failed: kind === "failed" || undefined };
  const log = useInfiniteQuery({
    queryKey: ["rules", "log", asked],
    queryFn: ({ pageParam, signal }) => ruleLog({ ...asked, cursor: pageParam, limit: 30 }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
  const rows = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <Segmented<Kind>
        size="small"
        value={kind}
        options={(["acted", "failed", "all"] as const).map((value) => ({ value, label: t.label("ruleLog", value) }))}
        onChange={setKind}
      />
      {log.isPending && <LinesSkeleton />}
      {log.isError && !log.data && <ErrorState error={log.error} retry={() => log.refetch()} />}
      {log.data && rows.length === 0 && <EmptyState title={t("rule.noRuns")} hint={t("rule.noRunsHint")} />}
      {rows.map((run) => (
        <details key={run.id} className="run-line">
          <summary>
            <WhenText at={run.at} />
            <RunPlace run={run} />
            {!ruleId && <span>{run.rule_name}</span>}
            <span className="quiet">{text(catalog.triggers.find((one) => one.code === run.trigger)?.label)}</span>
            <Tag color={run.error ? "red" : run.matched ? "green" : undefined}>
              {t(run.error ? "rule.runFailed" : run.matched ? "rule.runActed" : "rule.runPassed")}
            </Tag>
            <span className="quiet figures">{run.milliseconds} ms</span>
          </summary>
          <RunView run={run} catalog={catalog} />
        </details>
      ))}
      <MoreButton pages={log} />
    </>
  );
}
