import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Input, Select } from "antd";
import { useState } from "react";
import { useColleagues } from "../app/presence";
import { auditEntries } from "../api/audit";
import { downloadList } from "../api/exports";
import type { AuditEntry } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { instantOf } from "../stock/days";
import { AuditChanges } from "../ui/AuditChanges";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { MoreButton } from "../ui/MoreButton";
import { LinesSkeleton } from "../ui/Skeletons";
import { WhenText } from "../ui/WhenText";
import { useDebounced } from "../ui/useDebounced";
import { useFailure } from "../ui/useFailureText";
import { AUDIT_DOMAINS, auditQuery } from "./auditQuery";
import type { AuditFilter } from "./auditQuery";
import "../styles/timeline.css";

const NONE: AuditFilter = { actor: "", tool: "", target: "", since: "", until: "" };

/** Who did what, when and why, with every value before and after. */
export function AuditSection() {
  const { t, language } = useWords();
  const { fail } = useFailure();
  const [filter, setFilter] = useState(NONE);
  const asked = useDebounced(auditQuery(filter, instantOf));
  const list = useInfiniteQuery({
    queryKey: ["audit", asked],
    queryFn: ({ pageParam, signal }) => auditEntries({ ...asked, cursor: pageParam, limit: 50 }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="settings audit">
      <AuditFilters
        filter={filter}
        onChange={setFilter}
        onExport={() => void downloadList("audit", "csv", asked, language).catch(fail)}
      />
      {list.isPending && <LinesSkeleton />}
      {list.isError && <ErrorState error={list.error} retry={() => list.refetch()} />}
      {list.data && rows.length === 0 && <EmptyState title={t("state.noMatch")} hint={t("state.noMatchHint")} />}
      <ul className="rows">
        {rows.map((one) => (
          <AuditLine key={one.id} entry={one} />
        ))}
      </ul>
      <MoreButton pages={list} />
    </div>
  );
}

interface FiltersProps {
  filter: AuditFilter;
  onChange: (filter: AuditFilter) => void;
  onExport: () => void;
}

function AuditFilters({ filter, onChange, onExport }: FiltersProps) {
  const { t } = useWords();
  const colleagues = useColleagues();
  const set = (part: Partial<AuditFilter>) => onChange({ ...filter, ...part });
  return (
    <div className="filters">
      <Select<string>
        allowClear
        className="filter-pick"
        showSearch={{ optionFilterProp: "label" }}
        value={filter.actor || undefined}
        placeholder={t("audit.who")}
        aria-label={t("audit.who")}
        options={[
          ...["bot", "system"].map((one) => ({ value: one, label: t.label("actor", one) })),
          ...colleagues.map((one) => ({ value: `user:${one.id}`, label: one.name })),
        ]}
        onChange={(actor?: string) => set({ actor: actor ?? "" })}
      />
      <Select<string>
        allowClear
        className="filter-pick"
        showSearch={{ optionFilterProp: "label" }}
        value={filter.tool || undefined}
        placeholder={t("audit.area")}
        aria-label={t("audit.area")}
        options={AUDIT_DOMAINS.map((one) => ({ value: `${one}.`, label: t.label("auditDomain", one) }))}
        onChange={(tool?: string) => set({ tool: tool ?? "" })}
      />
      <Input
        allowClear
        className="filter-search"
        value={filter.target}
        maxLength={120}
        aria-label={t("audit.target")}
        placeholder={t("audit.targetHint")}
        onChange={(event) => set({ target: event.target.value })}
      />
      {(["since", "until"] as const).map((name) => (
        <Input
          key={name}
          type="date"
          className="filter-pick"
          value={filter[name]}
          aria-label={t(name === "since" ? "move.since" : "move.until")}
          title={t(name === "since" ? "move.since" : "move.until")}
          onChange={(event) => set({ [name]: event.target.value })}
        />
      ))}
      <Button onClick={onExport}>{t("list.export")}</Button>
    </div>
  );
}

function AuditLine({ entry }: { entry: AuditEntry }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const rows = entry.changes.length;
  const who = entry.actor.name || t.label("actor", entry.actor.kind);
  return (
    <li className="audit-line">
      <span className="row-text">
        <strong>
          {who} <code>{entry.tool}</code>
        </strong>
        <small>
          <WhenText at={entry.at} />
          {entry.target && ` · ${entry.target}`}
          {entry.reason && ` · ${entry.reason}`}
        </small>
      </span>
      {rows > 0 && (
        <Button size="small" type="text" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t("audit.rows", { count: rows })}
        </Button>
      )}
      {open && <AuditChanges changes={entry.changes} />}
    </li>
  );
}
