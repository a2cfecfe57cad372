import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "antd";
import { erasures } from "../api/privacy";
import type { Erasure } from "../api/privacy";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { Section } from "../ui/Facts";
import { MoreButton } from "../ui/MoreButton";
import { LinesSkeleton } from "../ui/Skeletons";
import { WhenText } from "../ui/WhenText";
import { PersonDrawer } from "./PersonDrawer";

/** Erasures that were asked for, and the certificates of those that are done. */
export function ErasureList() {
  const { t } = useWords();
  const [person, setPerson] = useState("");
  const list = useInfiniteQuery({
    queryKey: ["privacy", "erasures"],
    queryFn: ({ pageParam, signal }) => erasures({ cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title={t("erasures.title")}>
      {list.isPending && <LinesSkeleton lines={2} />}
      {list.isError && <ErrorState error={list.error} retry={() => list.refetch()} />}
      {list.data && rows.length === 0 && <p className="quiet">{t("erasures.none")}</p>}
      <ul className="rows">
        {rows.map((one) => (
          <ErasureLine key={one.id} erasure={one} onOpen={() => setPerson(one.contact_id)} />
        ))}
      </ul>
      <MoreButton pages={list} />
      {person && <PersonDrawer contactId={person} onClose={() => setPerson("")} />}
    </Section>
  );
}

function ErasureLine({ erasure, onOpen }: { erasure: Erasure; onOpen: () => void }) {
  const { t, f } = useWords();
  const rows = Object.values(erasure.counts).reduce((sum, one) => sum + one, 0);
  return (
    <li>
      <span className="row-text">
        <strong>{erasure.contact_name || t("erasures.gone")}</strong>
        <small>
          {t.label("erasureBasis", erasure.basis)}
          {erasure.reason && ` · ${erasure.reason}`}
        </small>
        <small>
          <WhenText at={erasure.done_at ?? erasure.asked_at} />
          {erasure.state === "done" && ` · ${t("erasures.rows", { count: f.number(rows) })}`}
        </small>
      </span>
      <span className="tag">{t.label("erasureState", erasure.state)}</span>
      {erasure.state === "asked" && (
        <Button size="small" onClick={onOpen}>
          {t("act.open")}
        </Button>
      )}
    </li>
  );
}
