import { SearchOutlined } from "@ant-design/icons";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Input, Tag } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { deviceEntries } from "../api/devices";
import type { DeviceEntry } from "../api/devices";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { MoreButton } from "../ui/MoreButton";
import { LinesSkeleton } from "../ui/Skeletons";
import { Timeline } from "../ui/Timeline";
import { useActorText } from "./useActorText";
import { entryDetails, entryPath, fits, joinedReadings } from "./life";
import { ENTRY_GROUPS } from "./terms";
import type { EntryGroup } from "./terms";

const GROUPS = Object.keys(ENTRY_GROUPS) as EntryGroup[];

/** Cover begins and ends with a day. */
const WHOLE_DAYS = /^(warranty|contract)_/;

/** The life of a device in one line of time: every book's entries, by kind and by text. */
export function DeviceLife({ serial }: { serial: string }) {
  const { t } = useWords();
  const actorText = useActorText();
  const [groups, setGroups] = useState<EntryGroup[]>([]);
  const [text, setText] = useState("");
  const list = useInfiniteQuery({
    queryKey: ["assets", serial, "life"],
    queryFn: ({ pageParam, signal }) => deviceEntries(serial, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
  const all = joinedReadings(list.data?.pages.flatMap((page) => page.items) ?? []);
  const shown = all.filter((one) => fits(one, groups, text, t.label("entryKind", one.kind)));
  return (
    <>
      <div className="life-tools">
        <Input
          allowClear
          className="filter-search"
          prefix={<SearchOutlined />}
          value={text}
          aria-label={t("life.search")}
          placeholder={t("life.search")}
          onChange={(event) => setText(event.target.value)}
        />
        <div role="group" aria-label={t("list.filters")}>
          {GROUPS.map((one) => (
            <Tag.CheckableTag
              key={one}
              checked={groups.includes(one)}
              onChange={(on) => setGroups(on ? [...groups, one] : groups.filter((group) => group !== one))}
            >
              {t.label("entryGroup", one)}
            </Tag.CheckableTag>
          ))}
        </div>
      </div>
      {list.isPending && <LinesSkeleton lines={5} />}
      {list.isError && <ErrorState error={list.error} retry={() => list.refetch()} />}
      {list.data && shown.length === 0 && (
        <EmptyState
          title={all.length ? t("state.noMatch") : t("life.empty")}
          hint={all.length && list.hasNextPage ? t("life.more") : undefined}
        />
      )}
      <Timeline
        entries={shown.map((one) => ({
          key: one.id,
          at: WHOLE_DAYS.test(one.kind) ? one.at.slice(0, 10) : one.at,
          kind: one.kind,
          actor: one.actor ? actorText(one.actor) : undefined,
          title: <EntryTitle entry={one} />,
          body: <EntryBody entry={one} />,
        }))}
      />
      <MoreButton pages={list} />
    </>
  );
}

function EntryTitle({ entry }: { entry: DeviceEntry }) {
  const { t } = useWords();
  const path = entryPath(entry.link);
  return (
    <>
      <span className="quiet">{t.label("entryKind", entry.kind)}</span>{" "}
      {path ? <Link to={path}>{entry.title || entry.link.split("/")[1]}</Link> : entry.title}
    </>
  );
}

function EntryBody({ entry }: { entry: DeviceEntry }) {
  const { t } = useWords();
  const details = entryDetails(entry, t);
  return details ? <p className="life-details">{details}</p> : null;
}
