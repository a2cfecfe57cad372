import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Form } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { findFaults, findings, moveFinding } from "../api/faults";
import type { FaultFile, Finding } from "../api/faults";
import { useWords } from "../i18n/LanguageProvider";
import { useEngineerName } from "../visits/useEngineers";
import { ActDialog } from "../ui/ActDialog";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { FilterChips } from "../ui/FilterChips";
import { Lookup } from "../ui/Lookup";
import { MoreButton } from "../ui/MoreButton";
import { WhenText } from "../ui/WhenText";
import { OriginTag } from "./bits";
import { OUTCOMES } from "./terms";

/** The findings that prove a fault, the newest first. */
export function EvidenceList({ file, mayWrite }: { file: FaultFile; mayWrite: boolean }) {
  const { t, language } = useWords();
  const [outcome, setOutcome] = useState<string>();
  const [moved, setMoved] = useState<Finding>();
  const list = useInfiniteQuery({
    queryKey: ["faults", file.number, "findings", outcome, language],
    queryFn: ({ pageParam }) =>
      findings(file.number, { outcome, cursor: pageParam, limit: 25, lang: language }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <FilterChips
        label={t("fault.outcome")}
        values={outcome ? [outcome] : []}
        options={OUTCOMES.map((value) => ({ value, label: t.label("outcome", value) }))}
        onChange={(values) => setOutcome(values.at(-1))}
      />
      {list.isError && <ErrorState error={list.error} retry={() => list.refetch()} />}
      {list.data && rows.length === 0 && (
        <EmptyState title={t("fault.noEvidence")} hint={outcome ? undefined : t("fault.noEvidenceHint")} />
      )}
      <ol className="evidence">
        {rows.map((one) => (
          <Line key={one.id} finding={one} move={mayWrite ? () => setMoved(one) : undefined} />
        ))}
      </ol>
      <MoreButton pages={list} />
      {moved && <MoveDialog finding={moved} close={() => setMoved(undefined)} />}
    </>
  );
}

function Line({ finding: one, move }: { finding: Finding; move?: () => void }) {
  const { t, f } = useWords();
  const engineer = useEngineerName();
  const parts = Object.entries(one.parts).map(([part, count]) => `${part} × ${f.number(count)}`);
  return (
    <li data-outcome={one.outcome}>
      <span className="evidence-outcome">{t.label("outcome", one.outcome)}</span>
      <div>
        <span className="evidence-head">
          <Link to={`/tickets/${encodeURIComponent(one.ticket)}`} className="figures">
            {one.ticket}
          </Link>
          {one.work_order && (
            <Link to={`/visits/${encodeURIComponent(one.work_order)}`} className="figures">
              {one.work_order}
            </Link>
          )}
          <OriginTag origin={one.origin} />
          <span className="quiet">
            <WhenText at={one.happened_at} />
          </span>
        </span>
        <small className="quiet">
          {[
            one.model,
            one.origin === "engineer" && engineer(one.actor),
            one.minutes && t("fault.minutesOf", { count: one.minutes }),
            ...parts,
          ]
            .filter(Boolean)
            .join(" · ")}
        </small>
        {one.note && <p className="plain">{one.note}</p>}
      </div>
      {move && one.outcome !== "void" && (
        <Button type="text" size="small" onClick={move}>
          {t("fault.moveFinding")}
        </Button>
      )}
    </li>
  );
}

function MoveDialog({ finding, close }: { finding: Finding; close: () => void }) {
  const { t } = useWords();
  return (
    <ActDialog<{ fault: string }, Finding>
      title={t("fault.moveTitle", { ticket: finding.ticket })}
      hint={t("fault.moveHint")}
      submit={t("fault.moveFinding")}
      run={({ fault }, how) => moveFinding(finding.id, fault, how)}
      refresh={[["faults"]]}
      done={(after) => ({
        text: t("fault.findingMoved", { number: after.fault }),
        undo: () => moveFinding(finding.id, finding.fault, { key: crypto.randomUUID() }),
      })}
      onClose={close}
    >
      <Form.Item name="fault" label={t("fault.which")} rules={[{ required: true, message: t("form.needed") }]}>
        <Lookup kind="faults" find={findFaults} autoFocus />
      </Form.Item>
    </ActDialog>
  );
}
