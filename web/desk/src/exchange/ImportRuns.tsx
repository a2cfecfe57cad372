import { DownloadOutlined } from "@ant-design/icons";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useColleagues } from "../app/presence";
import { importFaults, importRuns } from "../api/exchange";
import type { ImportRun } from "../api/exchange";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { MoreButton } from "../ui/MoreButton";
import { LinesSkeleton } from "../ui/Skeletons";
import { WhenText } from "../ui/WhenText";

/** Past imports and dry runs, the latest first. */
export function ImportRuns() {
  const { t } = useWords();
  const list = useInfiniteQuery({
    queryKey: ["imports", "list"],
    queryFn: ({ pageParam, signal }) => importRuns(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {list.isPending && <LinesSkeleton lines={2} />}
      {list.isError && <ErrorState error={list.error} retry={() => list.refetch()} />}
      {list.data && rows.length === 0 && <p className="quiet">{t("exchange.noRuns")}</p>}
      <ul className="rows">
        {rows.map((one) => (
          <RunLine key={one.id} run={one} />
        ))}
      </ul>
      <MoreButton pages={list} />
    </>
  );
}

function RunLine({ run }: { run: ImportRun }) {
  const { t, f } = useWords();
  const colleagues = useColleagues();
  const id = run.by.replace(/^user:/, "");
  return (
    <li>
      <span className="row-text">
        <strong>{run.files.map(({ name }) => name).join(", ")}</strong>
        <small>
          <WhenText at={run.created_at} /> · {colleagues.find((one) => one.id === id)?.name ?? run.by}
        </small>
        <small>
          {t("exchange.summary", {
            created: f.number(run.counts.created),
            updated: f.number(run.counts.updated),
            unchanged: f.number(run.counts.unchanged),
            rejected: f.number(run.counts.rejected),
          })}
        </small>
        {run.error && <small className="form-error">{run.error}</small>}
      </span>
      <span className="tag" data-run={run.state}>
        {run.dry_run ? t("exchange.dryRun") : t.label("runState", run.state)}
      </span>
      {run.counts.rejected > 0 && (
        <Button size="small" icon={<DownloadOutlined />} href={importFaults(run.id)} download>
          {t("exchange.faultsFile")}
        </Button>
      )}
    </li>
  );
}
