import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Drawer } from "antd";
import { useState } from "react";
import { run, runs } from "../api/outbound";
import type { ConnectorRun, RunFile } from "../api/outbound";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { MoreButton } from "../ui/MoreButton";
import { LinesSkeleton } from "../ui/Skeletons";
import { WhenText } from "../ui/WhenText";
import { useNarrow } from "../ui/useNarrow";
import { RunState, StateTag } from "./bits";

/** Runs with their figures; each opens its report. */
export function RunList({ connectorId }: { connectorId: string }) {
  const { t } = useWords();
  const [open, setOpen] = useState<ConnectorRun>();
  const list = useInfiniteQuery({
    queryKey: ["connectors", connectorId, "runs"],
    queryFn: ({ pageParam }) => runs(connectorId, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    refetchInterval: 5000,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {list.isPending && <LinesSkeleton lines={3} />}
      {list.isError && <ErrorState error={list.error} retry={() => list.refetch()} />}
      {list.data && rows.length === 0 && (
        <EmptyState title={t("connectors.neverRun")} hint={t("connectors.neverRunHint")} />
      )}
      <ul className="rows boxed-rows">
        {rows.map((one) => (
          <li key={one.id}>
            <span className="row-text">
              <Button type="link" className="link-cell" onClick={() => setOpen(one)}>
                <WhenText at={one.started_at} />
              </Button>
              <Figures counters={one.counters} />
              {one.error && <small className="answer-bad">{one.error}</small>}
            </span>
            {one.dry && <StateTag>{t("connectors.dryRun")}</StateTag>}
            <RunState state={one.state} />
          </li>
        ))}
      </ul>
      <MoreButton pages={list} />
      {open && <RunDrawer connectorId={connectorId} one={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function Figures({ counters }: { counters: ConnectorRun["counters"] }) {
  const { t } = useWords();
  return Object.entries(counters).map(([name, figures]) => (
    <small key={name}>
      {t.label("syncObject", name)}:{" "}
      {Object.entries(figures)
        .map(([did, count]) => `${t.label("syncDid", did)} ${count}`)
        .join(", ")}
    </small>
  ));
}

function RunDrawer(props: { connectorId: string; one: ConnectorRun; onClose: () => void }) {
  const { t, f } = useWords();
  const narrow = useNarrow(700);
  const list = useInfiniteQuery({
    queryKey: ["connectors", props.connectorId, "run", props.one.id],
    queryFn: ({ pageParam }) => run(props.connectorId, props.one.id, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
  const lines = list.data?.pages.flatMap((page) => page.lines) ?? [];
  return (
    <Drawer
      open
      size={narrow ? "100%" : 640}
      title={t("connectors.report", { time: f.dateTime(props.one.started_at) })}
      onClose={props.onClose}
    >
      {list.isPending && <LinesSkeleton lines={4} />}
      {list.isError && <ErrorState error={list.error} retry={() => list.refetch()} />}
      {list.data && lines.length === 0 && <p className="quiet">{t("connectors.noLine")}</p>}
      <ul className="rows">
        {lines.map((line) => (
          <li key={line.seq}>
            <Line line={line} />
          </li>
        ))}
      </ul>
      <MoreButton pages={list} />
    </Drawer>
  );
}

function Line({ line }: { line: RunFile["lines"][number] }) {
  const { t } = useWords();
  const { title, message, changed, values, conflicts } = line.detail as Detail;
  const facts = [
    ...Object.entries(changed ?? {}).map(([name, { before, after }]) => [name, `${said(before)} → ${said(after)}`]),
    ...Object.entries(values ?? {}).map(([name, value]) => [name, said(value)]),
  ];
  return (
    <>
      <span className="row-text">
        <span>{title || line.their_id || line.our_id}</span>
        {message && <small className="answer-bad">{message}</small>}
        {facts.map(([name = "", text]) => (
          <small key={name}>
            {t.label("syncField", name)}: {text}
          </small>
        ))}
        {conflicts && conflicts.length > 0 && (
          <small>{conflicts.map((name) => t.label("syncField", name)).join(", ")}</small>
        )}
      </span>
      <StateTag>{t.label("syncDid", line.did)}</StateTag>
    </>
  );
}

interface Detail {
  title?: string;
  message?: string;
  changed?: Record<string, { before: unknown; after: unknown }>;
  values?: Record<string, unknown>;
  conflicts?: string[];
}

const said = (value: unknown): string => (value === null || value === undefined || value === "" ? "–" : String(value));
