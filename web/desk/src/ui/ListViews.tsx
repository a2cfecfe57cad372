import { DeleteOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Input, Skeleton } from "antd";
import { useState } from "react";
import { deleteView, listViews, saveView } from "../api/views";
import type { ListView, NewView, ViewList } from "../api/views";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "./ErrorState";
import type { ListQuery } from "./listQuery";
import { useCommand } from "./useCommand";

interface Props {
  list: ViewList;
  query: ListQuery;
  setQuery: (query: ListQuery) => void;
  shown: string[];
  setShown: (keys: string[]) => void;
}

/** What a saved view keeps of a query: its filters, with the search among them. */
export const viewFilters = ({ q, filters }: ListQuery): Record<string, unknown> =>
  q.trim() ? { ...filters, q: q.trim() } : { ...filters };

/** The query of a saved view; what cannot be read in it filters nothing. */
export function viewQuery({ filters, sort }: Pick<ListView, "filters" | "sort">): ListQuery {
  const { q, ...rest } = filters;
  const lists = Object.entries(rest).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map(String) : value === null ? [] : [String(value)],
  ]);
  return { q: typeof q === "string" ? q : "", sort, filters: Object.fromEntries(lists) };
}

/** Views of this list: one's own and those of the team, and a line to save the present one. */
export function ListViews({ list, query, setQuery, shown, setShown }: Props) {
  const { t } = useWords();
  const key = ["views", list];
  const views = useQuery({ queryKey: key, queryFn: () => listViews(list) });
  const show = (view: ListView) => {
    setQuery(viewQuery(view));
    if (view.columns.length > 0) setShown(view.columns);
  };
  const remove = useCommand({
    run: (view: ListView) => deleteView(view.id),
    refresh: [key],
    done: (_, view) => ({
      text: t("list.viewDeleted", { name: view.name }),
      undo: () => saveView(newOf(view), crypto.randomUUID()),
    }),
  });
  if (views.isError) return <ErrorState error={views.error} retry={() => views.refetch()} />;
  if (views.isPending) return <Skeleton active paragraph={{ rows: 3 }} className="saved-views" />;
  const groups = [
    { title: t("list.viewsMine"), views: views.data.filter((one) => one.mine) },
    { title: t("list.viewsTeam"), views: views.data.filter((one) => !one.mine) },
  ].filter((one) => one.views.length > 0);
  return (
    <div className="saved-views">
      {groups.length === 0 && <p className="quiet">{t("list.noViews")}</p>}
      {groups.map((group) => (
        <section key={group.title}>
          <h3 className="saved-views-title">{group.title}</h3>
          <ul>
            {group.views.map((view) => (
              <li key={view.id}>
                <Button type="text" onClick={() => show(view)}>
                  {view.name}
                  {view.mine && view.shared && <span className="tag">{t("list.viewShared")}</span>}
                  {!view.mine && <span className="tag">{view.owner_name}</span>}
                </Button>
                {view.may_change && (
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={t("act.remove", { name: view.name })}
                    onClick={() => remove.submit(view)}
                  />
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
      <SaveView view={{ list, filters: viewFilters(query), sort: query.sort, columns: shown }} />
    </div>
  );
}

const newOf = ({ list, name, filters, sort, columns, shared }: ListView): NewView => ({
  list, name, filters, sort, columns, shared,
});

function SaveView({ view }: { view: Omit<NewView, "name" | "shared"> }) {
  const { t } = useWords();
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const save = useCommand({
    run: (body: NewView, { key }) => saveView(body, key),
    refresh: [["views", view.list]],
    done: (saved) => t("list.viewSaved", { name: saved.name }),
    onDone: () => setName(""),
  });
  const submit = () => name.trim() && save.submit({ ...view, name: name.trim(), shared });
  return (
    <div className="saved-view-save">
      <div className="saved-view-new">
        <Input
          value={name}
          maxLength={80}
          aria-label={t("list.viewName")}
          placeholder={t("list.viewName")}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={submit}
        />
        <Button type="primary" disabled={!name.trim()} loading={save.busy} onClick={submit}>
          {t("act.save")}
        </Button>
      </div>
      <Checkbox checked={shared} onChange={(event) => setShared(event.target.checked)}>
        {t("list.viewShare")}
      </Checkbox>
    </div>
  );
}
