import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useMay } from "../app/session";
import { drawUp, duplicates, faults, keepApart, libraryOverview, stepFault } from "../api/faults";
import type { DuplicatePair, Fault } from "../api/faults";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { MoreButton } from "../ui/MoreButton";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import { useCommand } from "../ui/useCommand";
import { FaultTabs } from "./FaultTabs";
import { MergeDialog } from "./MergeDialog";
import { RejectDialog } from "./RejectDialog";
import { ModelRange, OriginTag, SlotText, SuccessBar } from "./bits";
import { pathOf, titleOf } from "./terms";
import "../styles/promises.css";
import "../styles/faults.css";

/** What waits for an editor: drafts by their evidence, and pairs that may be one. */
export default function ReviewPage() {
  const { t } = useWords();
  return (
    <div className="page">
      <PageHead title={t("nav.faults")}>
        <DrawUpButton />
      </PageHead>
      <FaultTabs />
      <Figures />
      <div className="review">
        <section aria-labelledby="drafts">
          <h2 id="drafts">{t("faults.drafts")}</h2>
          <Drafts />
        </section>
        <section aria-labelledby="pairs">
          <h2 id="pairs">{t("faults.pairs")}</h2>
          <Pairs />
        </section>
      </div>
    </div>
  );
}

function DrawUpButton() {
  const { t } = useWords();
  const may = useMay("faults:write");
  const act = useCommand({
    run: (_: object, how) => drawUp(true, how.key),
    refresh: [["faults"]],
    done: (made) =>
      t("faults.drawnUp", { proposed: made.proposed, silent: made.silent, waiting: made.waiting }),
  });
  if (!may) return null;
  return (
    <Button loading={act.busy} onClick={() => act.submit({})}>
      {t("faults.drawUp")}
    </Button>
  );
}

function Figures() {
  const { t, f } = useWords();
  const found = useQuery({ queryKey: ["faults", "overview"], queryFn: libraryOverview });
  if (!found.data) return null;
  const { draft, reviewed, findings, engineer_findings: told, waiting_tickets: waiting } = found.data;
  const shown = [
    { key: "draft", count: draft, to: "/faults?state=draft" },
    { key: "reviewed", count: reviewed, to: "/faults?state=reviewed" },
    { key: "findings", count: findings },
    { key: "told", count: told },
    { key: "waiting", count: waiting },
  ];
  return (
    <ul className="figure-row">
      {shown.map(({ key, count, to }) => {
        const body = (
          <>
            <strong className="figures">{f.number(count)}</strong>
            <span>{t.label("faultsFigure", key)}</span>
          </>
        );
        return <li key={key}>{to ? <Link to={to}>{body}</Link> : <div>{body}</div>}</li>;
      })}
    </ul>
  );
}

function Drafts() {
  const { t, language } = useWords();
  const may = useMay("faults:write");
  const [rejected, setRejected] = useState<Fault>();
  const list = useInfiniteQuery({
    queryKey: ["faults", "drafts", language],
    queryFn: ({ pageParam }) =>
      faults({ state: ["draft"], sort: "evidence", cursor: pageParam, limit: 20, lang: language }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
  const review = useCommand({
    run: (one: Fault, how) => stepFault(one.number, "review", {}, { ...how, version: one.version }),
    refresh: [["faults"]],
    done: (after) => ({
      text: t("fault.reviewed", { number: after.number }),
      undo: () => stepFault(after.number, "restore", {}, { key: crypto.randomUUID() }),
    }),
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.isPending) return <PageSkeleton />;
  if (list.isError) return <ErrorState error={list.error} retry={() => list.refetch()} />;
  if (rows.length === 0) return <EmptyState title={t("faults.noDrafts")} hint={t("faults.noDraftsHint")} />;
  return (
    <>
      <ul className="draft-list">
        {rows.map((one) => (
          <li key={one.number}>
            <div className="draft-head">
              <Link to={pathOf(one.number)}>
                <span className="figures">{one.number}</span> <strong>{titleOf(one)}</strong>
              </Link>
              <OriginTag origin={one.origin} />
              <SuccessBar success={one.success} />
            </div>
            <dl className="draft-told">
              <div>
                <dt>{t("fault.cause")}</dt>
                <dd><SlotText slot={one.cause} /></dd>
              </div>
              <div>
                <dt>{t("fault.remedy")}</dt>
                <dd><SlotText slot={one.remedy} /></dd>
              </div>
            </dl>
            <div className="draft-foot">
              <ModelRange fault={one} />
              {may && (
                <span className="draft-acts">
                  <Button size="small" type="text" danger onClick={() => setRejected(one)}>
                    {t("fault.reject")}
                  </Button>
                  <Button size="small" type="primary" loading={review.busy} onClick={() => review.submit(one)}>
                    {t("faultStep.review")}
                  </Button>
                </span>
              )}
            </div>
          </li>
        ))}
      </ul>
      <MoreButton pages={list} />
      {rejected && <RejectDialog fault={rejected} close={() => setRejected(undefined)} />}
    </>
  );
}

function Pairs() {
  const { t, language } = useWords();
  const found = useQuery({
    queryKey: ["faults", "duplicates", language],
    queryFn: () => duplicates(language),
  });
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <ErrorState error={found.error} retry={() => found.refetch()} />;
  if (found.data.length === 0) return <EmptyState title={t("faults.noPairs")} />;
  return (
    <ul className="pair-list">
      {found.data.map((pair) => (
        <PairLine key={`${pair.fault.number}-${pair.other.number}`} pair={pair} />
      ))}
    </ul>
  );
}

function PairLine({ pair }: { pair: DuplicatePair }) {
  const { t } = useWords();
  const may = useMay("faults:write");
  const [merging, setMerging] = useState(false);
  const kept = pair.keep === pair.fault.number ? pair.fault : pair.other;
  const gone = kept === pair.fault ? pair.other : pair.fault;
  const apart = useCommand({
    run: (_: object, how) => keepApart(gone.number, kept.number, how.key),
    refresh: [["faults"]],
    done: () => t("fault.keptApart"),
  });
  return (
    <li>
      <span className="tag figures">{t("fault.alike", { score: pair.score })}</span>
      {[kept, gone].map((one) => (
        <div key={one.number} className="pair-side">
          <Link to={pathOf(one.number)}>
            <span className="figures">{one.number}</span> {titleOf(one)}
          </Link>
          <small className="quiet">{one.remedy.label}</small>
          <SuccessBar success={one.success} />
        </div>
      ))}
      {may && (
        <span className="draft-acts">
          <Button size="small" type="text" onClick={() => apart.submit({})}>
            {t("fault.keepApart")}
          </Button>
          <Button size="small" onClick={() => setMerging(true)}>
            {t("fault.merge")}
          </Button>
        </span>
      )}
      {merging && <MergeDialog fault={gone} into={kept.number} close={() => setMerging(false)} />}
    </li>
  );
}
