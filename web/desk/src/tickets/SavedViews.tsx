import { DeleteOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useState } from "react";
import { useWords } from "../i18n/LanguageProvider";
import { useStored } from "../ui/useStored";
import { useUndo } from "../ui/useUndo";
import { sameView, withView } from "./view";
import type { SavedView, TicketListView } from "./view";

interface Props {
  view: TicketListView;
  setView: (view: TicketListView) => void;
}

/** Views that a person keeps in this browser. */
export function SavedViews({ view, setView }: Props) {
  const { t } = useWords();
  const undoable = useUndo();
  const [views, setViews] = useStored<SavedView[]>("tickets.views", []);
  const [name, setName] = useState("");
  const save = () => {
    if (!name.trim()) return;
    setViews(withView(views, { name: name.trim(), view }));
    setName("");
  };
  const remove = (saved: SavedView) => {
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
