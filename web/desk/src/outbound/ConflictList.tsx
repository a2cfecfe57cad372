import { useInfiniteQuery } from "@tanstack/react-query";
import { Segmented } from "antd";
import { useState } from "react";
import { conflicts } from "../api/outbound";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { MoreButton } from "../ui/MoreButton";
import { LinesSkeleton } from "../ui/Skeletons";
import { ConflictCard } from "./ConflictCard";

type Which = "open" | "resolved";

/** What both sides changed: the open ones to decide, the others to read. */
export function ConflictList({ connectorId }: { connectorId: string }) {
  const { t } = useWords();
  const [which, setWhich] = useState<Which>("open");
  const list = useInfiniteQuery({
    queryKey: ["connectors", connectorId, "conflicts", which],
    queryFn: ({ pageParam }) => conflicts(connectorId, which, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <Segmented<Which>
        value={which}
        onChange={setWhich}
        options={(["open", "resolved"] as const).map((value) => ({
          value,
          label: t.label("conflictState", value),
        }))}
      />
      {list.isPending && <LinesSkeleton lines={4} />}
      {list.isError && <ErrorState error={list.error} retry={() => list.refetch()} />}
      {list.data && rows.length === 0 && (
        <EmptyState title={t("connectors.noConflict")} hint={t("connectors.noConflictHint")} />
      )}
      {rows.map((one) => (
        <ConflictCard key={`${one.id}:${one.version}`} conflict={one} />
      ))}
      <MoreButton pages={list} />
    </>
  );
}
