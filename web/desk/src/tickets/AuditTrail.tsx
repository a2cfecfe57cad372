import { useInfiniteQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { ticketAudit } from "../api/tickets";
import type { AuditEntry } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { MoreButton } from "../ui/MoreButton";
import { Timeline } from "../ui/Timeline";
import { AuditChanges } from "../ui/AuditChanges";

/** Every act on a ticket, with each stored value before and after. */
export function AuditTrail({ number }: { number: string }) {
  const { t } = useWords();
  const list = useInfiniteQuery({
    queryKey: ["tickets", number, "audit"],
    queryFn: ({ pageParam }) => ticketAudit(number, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
  if (list.isPending) return <Skeleton active paragraph={{ rows: 5 }} />;
  if (!list.data) return <ErrorState error={list.error} retry={() => list.refetch()} />;
  const entries = list.data.pages.flatMap((page) => page.items);
  if (entries.length === 0) return <EmptyState title={t("audit.none")} />;
  return (
    <>
      <Timeline entries={entries.map((one) => entryOf(one, t))} />
      <MoreButton pages={list} />
    </>
  );
}

const entryOf = (one: AuditEntry, t: ReturnType<typeof useWords>["t"]) => ({
  key: one.id,
  at: one.at,
  kind: "audit",
  actor: one.actor.name || t.label("actor", one.actor.kind),
  title: <code>{one.tool}</code>,
  body: (
    <>
      {one.reason && <p className="plain">{one.reason}</p>}
      <AuditChanges changes={one.changes} />
    </>
  ),
});
