import { FilterOutlined, SearchOutlined } from "@ant-design/icons";
import { Badge, Button, Drawer, Input, Popover, Select, Tag } from "antd";
import type { InputRef } from "antd";
import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import { useWords } from "../i18n/LanguageProvider";
import { FilterField } from "./FilterField";
import { NO_QUERY, isFiltered, withFilter } from "./listQuery";
import type { ListQuery } from "./listQuery";
import type { Choice, ListFilter } from "./listShape";
import { useNarrow } from "./useNarrow";

interface Props {
  query: ListQuery;
  setQuery: (query: ListQuery) => void;
  filters: ListFilter[];
  sorts?: Choice[];
  /** Absent: the list cannot be searched by text. */
  search?: string;
}

/** Search, the main filters, the others behind a button, what is filtered by as chips. */
export function ListFilters({ query, setQuery, filters, sorts, search }: Props) {
  const { t } = useWords();
  const narrow = useNarrow(760);
  const main = narrow ? [] : filters.filter((one) => one.main);
  const others = filters.filter((one) => !main.includes(one));
  const active = others.filter((one) => query.filters[one.name]?.length);
  const field = (filter: ListFilter) => (
    <FilterField
      key={filter.name}
      filter={filter}
      values={query.filters[filter.name] ?? []}
      onChange={(values) => setQuery(withFilter(query, filter.name, values))}
    />
  );
  return (
    <>
      <div className="filters">
        {search && <Search text={query.q} hint={search} onText={(q) => setQuery({ ...query, q })} />}
        {main.map(field)}
        {others.length > 0 && (
          <More narrow={narrow} count={active.length}>
            {others.map((one) => (
              <div key={one.name} className="filter-line">
                {one.kind !== "flag" && <span aria-hidden>{one.label}</span>}
                {field(one)}
              </div>
            ))}
          </More>
        )}
        {sorts && sorts.length > 1 && (
          <Select<string>
            className="filter-pick"
            aria-label={t("list.sort")}
            value={query.sort || sorts[0]?.value}
            options={sorts}
            onChange={(sort) => setQuery({ ...query, sort: sort === sorts[0]?.value ? "" : sort })}
          />
        )}
        {isFiltered(query) && (
          <Button type="link" onClick={() => setQuery({ ...NO_QUERY, sort: query.sort })}>
            {t("list.clear")}
          </Button>
        )}
      </div>
      {active.length > 0 && (
        <div className="filter-active">
          {active.map((one) => (
            <Tag
              key={one.name}
              closable
              closeIcon
              onClose={(event) => {
                event.preventDefault();
                setQuery(withFilter(query, one.name, []));
              }}
            >
              {textOf(one, query.filters[one.name] ?? [])}
            </Tag>
          ))}
        </div>
      )}
    </>
  );
}

/** The filters that are not always in sight: below their button, or on a phone from the bottom. */
function More({ narrow, count, children }: { narrow: boolean; count: number; children: ReactNode }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const button = (
    <Badge count={count} size="small" color="var(--primary)">
      <Button icon={<FilterOutlined />} onClick={narrow ? () => setOpen(true) : undefined}>
        {t("list.filters")}
      </Button>
    </Badge>
  );
  if (!narrow) {
    return (
      <Popover
        trigger="click"
        placement="bottomLeft"
        content={<div className="filter-panel">{children}</div>}
      >
        {button}
      </Popover>
    );
  }
  return (
    <>
      {button}
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        placement="bottom"
        size="80%"
        title={t("list.filters")}
      >
        <div className="filter-sheet">{children}</div>
      </Drawer>
    </>
  );
}

/** “Type: incident, return”; a filter that is only on or off says its own name. */
export function textOf(filter: ListFilter, values: string[]): string {
  if (filter.kind === "flag") return filter.label;
  const choices = "options" in filter ? filter.options : "standing" in filter ? filter.standing : [];
  const names = values.map((value) => choices?.find((one) => one.value === value)?.label ?? value);
  // A record that was looked up is known by an id here; its name stands in the field.
  return filter.kind === "find" && !choices?.some((one) => one.value === values[0])
    ? filter.label
    : `${filter.label}: ${names.join(", ")}`;
}

/** The search field; “/” leads to it from anywhere on the page. */
function Search({ text, hint, onText }: { text: string; hint: string; onText: (q: string) => void }) {
  const field = useRef<InputRef>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = (event.target as HTMLElement).closest("input, textarea, [contenteditable]");
      if (event.key !== "/" || typing) return;
      event.preventDefault();
      field.current?.focus();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return (
    <Input
      ref={field}
      allowClear
      className="filter-search"
      prefix={<SearchOutlined />}
      value={text}
      aria-label={hint}
      placeholder={hint}
      onChange={(event) => onText(event.target.value)}
    />
  );
}
