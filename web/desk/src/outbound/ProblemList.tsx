import { useInfiniteQuery } from "@tanstack/react-query";
import { problems } from "../api/outbound";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { MoreButton } from "../ui/MoreButton";
import { LinesSkeleton } from "../ui/Skeletons";
import { StateTag } from "./bits";

/** Records that could not be brought together, with what has to be mended. */
export function ProblemList({ connectorId }: { connectorId: string }) {
  const { t, f } = useWords();
  const list = useInfiniteQuery({
    queryKey: ["connectors", connectorId, "problems"],
    queryFn: ({ pageParam }) => problems(connectorId, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {list.isPending && <LinesSkeleton lines={3} />}
      {list.isError && <ErrorState error={list.error} retry={() => list.refetch()} />}
      {list.data && rows.length === 0 && <EmptyState title={t("connectors.noProblem")} />}
      <ul className="rows boxed-rows">
        {rows.map((one) => (
          <li key={one.id}>
            <span className="row-text">
              <span>{one.message}</span>
              <small>
                {t.label("side", one.side)} <span className="figures">{one.record_id}</span> ·{" "}
                {t("connectors.tries", { count: one.tries })} · {f.ago(one.updated_at)}
              </small>
            </span>
            <StateTag>{t.label("syncObject", one.object)}</StateTag>
          </li>
        ))}
      </ul>
      <MoreButton pages={list} />
    </>
  );
}
