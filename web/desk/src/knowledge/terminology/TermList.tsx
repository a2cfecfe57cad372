import { PlusOutlined, SearchOutlined } from "@ant-design/icons";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Checkbox, Input, Select } from "antd";
import { Suspense, lazy, useState } from "react";
import { useSearchParams } from "react-router";
import { terms } from "../../api/knowledgeTerms";
import type { TermQuery } from "../../api/knowledgeTerms";
import type { Term } from "../../api/knowledgeTypes";
import { useMay } from "../../app/session";
import { useWords } from "../../i18n/LanguageProvider";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { MoreButton } from "../../ui/MoreButton";
import { PageSkeleton } from "../../ui/Skeletons";
import { CUSTOMER_LANGUAGES } from "../../ui/languages";
import { useDebounced } from "../../ui/useDebounced";
import { useListKeys } from "../../ui/useListKeys";
import { TermTable } from "./TermTable";

const TermDrawer = lazy(() => import("./TermDrawer"));
const PER_PAGE = 80;

/** Terms by search and filters; a row opens for reading or editing. */
export function TermList() {
  const { t } = useWords();
  const mayWrite = useMay("knowledge:write");
  const [params] = useSearchParams();
  const [filters, setFilters] = useState<TermQuery>({ q: params.get("q") ?? "" });
  const [opened, setOpened] = useState<Term | "new">();
  const query = useDebounced(filters);
  const list = useInfiniteQuery({
    queryKey: ["knowledge", "terms", query],
    queryFn: ({ pageParam, signal }) =>
      terms({ ...query, cursor: pageParam, limit: PER_PAGE }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const first = list.data?.pages[0];
  const active = useListKeys(opened ? 0 : rows.length, {
    onEnter: (index) => setOpened(rows[index]),
    onToggle: () => undefined,
  });
  const filtered = Object.values(filters).some(Boolean);
  return (
    <>
      <TermFilters
        filters={filters}
        setFilters={setFilters}
        kinds={first?.kinds ?? []}
        domains={first?.domains ?? []}
        onAdd={mayWrite ? () => setOpened("new") : undefined}
      />
      {first && <p className="quiet">{t("terms.total", { count: first.total })}</p>}
      {list.isPending && <PageSkeleton />}
      {list.isError && !list.data && <ErrorState error={list.error} retry={() => list.refetch()} />}
      {list.data && rows.length === 0 && (
        <EmptyState
          title={filtered ? t("state.noMatch") : t("terms.none")}
          hint={filtered ? t("state.noMatchHint") : t("terms.noneHint")}
        />
      )}
      {rows.length > 0 && (
        <TermTable rows={rows} active={active} lang={filters.lang} onOpen={setOpened} />
      )}
      <MoreButton pages={list} />
      {opened && (
        <Suspense fallback={null}>
          <TermDrawer
            key={opened === "new" ? "new" : opened.key}
            term={opened === "new" ? undefined : opened}
            kinds={first?.kinds ?? []}
            onClose={() => setOpened(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}

function TermFilters(props: {
  filters: TermQuery;
  setFilters: (filters: TermQuery) => void;
  kinds: string[];
  domains: string[];
  onAdd?: () => void;
}) {
  const { t, f } = useWords();
  const { filters, setFilters } = props;
  const change = (part: TermQuery) => setFilters({ ...filters, ...part });
  const pick = (
    name: "kind" | "domain" | "lang",
    label: string,
    options: { value: string; label: string }[],
  ) => (
    <Select<string>
      allowClear
      className="filter-pick"
      showSearch={{ optionFilterProp: "label" }}
      value={filters[name]}
      placeholder={label}
      aria-label={label}
      options={options}
      onChange={(value?: string) => change({ [name]: value })}
    />
  );
  return (
    <div className="filters">
      <Input
        allowClear
        className="filter-search"
        prefix={<SearchOutlined />}
        value={filters.q}
        aria-label={t("terms.search")}
        placeholder={t("terms.search")}
        onChange={(event) => change({ q: event.target.value })}
      />
      {pick(
        "kind",
        t("terms.kind"),
        props.kinds.map((one) => ({ value: one, label: t.label("termKind", one) })),
      )}
      {pick(
        "domain",
        t("terms.domain"),
        props.domains.map((one) => ({ value: one, label: t.label("termDomain", one) })),
      )}
      {pick(
        "lang",
        t("article.lang"),
        CUSTOMER_LANGUAGES.map((one) => ({ value: one, label: f.languageName(one) })),
      )}
      <Checkbox
        checked={!!filters.own}
        onChange={(event) => change({ own: event.target.checked || undefined })}
      >
        {t("terms.own")}
      </Checkbox>
      <Checkbox
        checked={!!filters.unreviewed}
        onChange={(event) => change({ unreviewed: event.target.checked || undefined })}
      >
        {t("terms.unreviewed")}
      </Checkbox>
      {props.onAdd && (
        <Button icon={<PlusOutlined />} onClick={props.onAdd}>
          {t("terms.add")}
        </Button>
      )}
    </div>
  );
}
