import { SearchOutlined } from "@ant-design/icons";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Input } from "antd";
import { useState } from "react";
import { NavLink } from "react-router";
import { conversations, counts } from "../api/conversations";
import type { Box } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { useLive } from "../live/LiveProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { MoreButton } from "../ui/MoreButton";
import { LinesSkeleton } from "../ui/Skeletons";
import { useDebounced } from "../ui/useDebounced";
import { useNow } from "../ui/useNow";
import { ConversationLine } from "./ConversationLine";
import { NotificationOffer } from "./NotificationOffer";
import { BOXES } from "./boxes";

export function ConversationList({ box, selected }: { box: Box; selected?: string }) {
  const { t } = useWords();
  const { connected, pollMs } = useLive();
  const [text, setText] = useState("");
  const q = useDebounced(text.trim());
  const now = useNow();
  const list = useInfiniteQuery({
    queryKey: ["conversations", "list", box, q],
    queryFn: ({ pageParam, signal }) => conversations({ box, q, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    refetchInterval: pollMs,
  });
  const lines = list.data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <section className="inbox-list" aria-label={t("nav.inbox")}>
      <div className="inbox-list-head">
        <h1>{t("nav.inbox")}</h1>
        {!connected && <span className="inbox-offline">{t("live.polling")}</span>}
      </div>
      <BoxTabs box={box} />
      <div className="inbox-search">
        <Input
          allowClear
          prefix={<SearchOutlined />}
          value={text}
          aria-label={t("inbox.search")}
          placeholder={t("inbox.search")}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <NotificationOffer />
      <div className="inbox-lines">
        {list.isPending && <LinesSkeleton />}
        {list.isError && !list.data && (
          <ErrorState error={list.error} retry={() => list.refetch()} />
        )}
        {list.data && lines.length === 0 && (
          <EmptyState
            title={q ? t("state.noMatch") : t.label("inbox.empty", box)}
            hint={q ? t("state.noMatchHint") : t.label("inbox.emptyHint", box)}
          />
        )}
        {lines.length > 0 && (
          <ul aria-label={t.label("inbox.box", box)}>
            {lines.map((line) => (
              <ConversationLine
                key={line.id}
                line={line}
                box={box}
                now={now}
                selected={line.id === selected}
              />
            ))}
          </ul>
        )}
        <MoreButton pages={list} />
      </div>
    </section>
  );
}

function BoxTabs({ box }: { box: Box }) {
  const { t } = useWords();
  const { pollMs } = useLive();
  const numbers = useQuery({
    queryKey: ["conversations", "counts"],
    queryFn: counts,
    refetchInterval: pollMs,
  });
  return (
    <nav className="inbox-boxes" aria-label={t("inbox.boxes")}>
      {[...BOXES, ...(box === "all" ? (["all"] as const) : [])].map((one) => {
        const count = one === "closed" || one === "all" ? 0 : numbers.data?.[one];
        return (
          <NavLink key={one} to={`/inbox/${one}`} className="inbox-box" data-box={one}>
            {t.label("inbox.box", one)}
            {!!count && <b>{count > 99 ? "99+" : count}</b>}
          </NavLink>
        );
      })}
    </nav>
  );
}
