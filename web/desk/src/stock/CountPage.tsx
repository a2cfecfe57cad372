import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useParams } from "react-router";
import { useMay } from "../app/session";
import { balances } from "../api/stock";
import { count, enterCount } from "../api/stockDocuments";
import type { Count } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import { WhenText } from "../ui/WhenText";
import { useCommand } from "../ui/useCommand";
import { useStored, writeStored } from "../ui/useStored";
import { useUnsaved } from "../ui/useUnsaved";
import { AddCountLine } from "./AddCountLine";
import { CloseCount } from "./CloseCount";
import { CountTable } from "./CountTable";
import { ScanBox } from "./ScanBox";
import { Place, StateTag } from "./bits";
import { countProgress, countRows, countedScan, lineKey } from "./counting";
import type { Draft } from "./counting";
import { partName } from "./terms";
import "../styles/stock.css";

/** A stock-taking: scan or type what lies there, save, compare, close. */
export default function CountPage() {
  const { count: number = "" } = useParams();
  const one = useQuery({ queryKey: ["stock", "count", number], queryFn: () => count(number) });
  if (one.isPending) return <PageSkeleton />;
  if (!one.data) return <ErrorState error={one.error} retry={() => one.refetch()} />;
  return <Counting key={one.data.id} count={one.data} />;
}

function Counting({ count: one }: { count: Count }) {
  const { t } = useWords();
  const open = useMay("stock:move") && one.state === "open";
  const name = `draft.count.${one.id}`;
  // What was counted survives a reload, a flat battery and a lost network.
  const [draft, setDraft] = useStored<Draft>(name, {});
  const [said, setSaid] = useState("");
  const unsaved = Object.keys(draft).length;
  useUnsaved(unsaved > 0);
  const save = useCommand({
    refresh: [["stock", "count"], ["stock-counts"]],
    run: (lines: Draft, { key }) => enterCount(one.id, Object.values(lines), key),
    done: (_, lines) => t("count.saved", { count: Object.keys(lines).length }),
    onDone: () => {
      setDraft({});
      writeStored(name, null);
    },
  });
  const progress = countProgress(one.lines, draft);
  const names = usePartNames(one.location);
  return (
    <div className="page">
      <PageHead
        back={{ to: "/stock/counts", label: t("stock.counts") }}
        title={<span className="figures">{one.number}</span>}
        sub={
          <>
            <StateTag group="countState" state={one.state} />
            <Place place={one.location} />
            <span>{t("count.of", { counted: progress.counted, count: progress.all })}</span>
            {one.blind && <span className="tag">{t("count.blind")}</span>}
            <WhenText at={one.created_at} />
          </>
        }
      >
        {open && (
          <>
            <Button
              type="primary"
              disabled={unsaved === 0}
              loading={save.busy}
              onClick={() => save.submit(draft)}
            >
              {t("count.save", { count: unsaved })}
            </Button>
            <CloseCount count={one} unsaved={unsaved} left={progress.all - progress.counted} />
          </>
        )}
      </PageHead>
      {one.note && <p className="quiet">{one.note}</p>}
      {open && (
        <>
          <ScanBox
            autoFocus
            said={said}
            onScan={(found) => {
              const next = countedScan(one.lines, draft, found);
              const changed = Object.entries(next).find(([key, line]) => draft[key] !== line)?.[1];
              setSaid(
                changed
                  ? t("count.scanned", { part: changed.part, count: changed.quantity })
                  : t(found.part ? "count.twice" : "count.noPart"),
              );
              setDraft(next);
            }}
          />
          <AddCountLine onAdd={(line) => setDraft({ ...draft, [lineKey(line)]: line })} />
        </>
      )}
      <CountTable
        rows={countRows(one.lines, draft)}
        open={open}
        blind={one.blind && one.state === "open"}
        names={names}
        onChange={(line) => setDraft({ ...draft, [lineKey(line)]: line })}
      />
    </div>
  );
}

/** The names of the parts that lie at a place, in the reader's language. */
function usePartNames(location: string): Record<string, string> {
  const { language } = useWords();
  const held = useQuery({
    queryKey: ["stock", "balances", "names", location],
    queryFn: ({ signal }) => balances({ location, limit: 200 }, signal),
    staleTime: 600_000,
  });
  return Object.fromEntries(
    (held.data?.items ?? []).map((row) => [row.part, partName(row.part_names ?? {}, language)]),
  );
}
