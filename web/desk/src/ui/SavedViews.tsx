import { DeleteOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useState } from "react";
import { useWords } from "../i18n/LanguageProvider";
import { useStored } from "./useStored";
import { useUndo } from "./useUndo";

export interface SavedView<V> {
  name: string;
  view: V;
}

export const sameView = <V,>(a: V, b: V): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The list with this view in place of an older one of the same name. */
export const withView = <V,>(views: SavedView<V>[], saved: SavedView<V>): SavedView<V>[] => [
  ...views.filter((one) => one.name !== saved.name),
  saved,
];

interface Props<V> {
  /** Names the views of one list among all that are stored. */
  name: string;
  view: V;
  setView: (view: V) => void;
}

/** Views that a person keeps in this browser. */
export function SavedViews<V>({ name: stored, view, setView }: Props<V>) {
  const { t } = useWords();
  const undoable = useUndo();
  const [views, setViews] = useStored<SavedView<V>[]>(stored, []);
  const [name, setName] = useState("");
  const save = () => {
    if (!name.trim()) return;
    setViews(withView(views, { name: name.trim(), view }));
    setName("");
  };
  const remove = (saved: SavedView<V>) => {
    const before = views;
    setViews(views.filter((one) => one.name !== saved.name));
    undoable(t("list.viewDeleted", { name: saved.name }), () => Promise.resolve(setViews(before)));
  };
  return (
    <div className="saved-views">
      {views.length === 0 && <p className="quiet">{t("list.noViews")}</p>}
      <ul>
        {views.map((saved) => (
          <li key={saved.name}>
            <Button
              type="text"
              className={sameView(saved.view, view) ? "saved-view-on" : undefined}
              onClick={() => setView(saved.view)}
            >
              {saved.name}
            </Button>
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t("act.remove", { name: saved.name })}
              onClick={() => remove(saved)}
            />
          </li>
        ))}
      </ul>
      <div className="saved-view-new">
        <Input
          value={name}
          maxLength={40}
          aria-label={t("list.viewName")}
          placeholder={t("list.viewName")}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={save}
        />
        <Button type="primary" disabled={!name.trim()} onClick={save}>
          {t("act.save")}
        </Button>
      </div>
    </div>
  );
}
