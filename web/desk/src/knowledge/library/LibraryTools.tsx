import { DownloadOutlined, InsertRowRightOutlined, StarOutlined } from "@ant-design/icons";
import { Button, Checkbox, Popover } from "antd";
import type { ArticleLine } from "../../api/knowledgeTypes";
import { useWords } from "../../i18n/LanguageProvider";
import { SavedViews } from "../../ui/SavedViews";
import { exportRows } from "../../ui/listColumns";
import type { ListColumn } from "../../ui/listColumns";
import type { LibraryView } from "./view";

interface Props {
  view: LibraryView;
  setView: (view: LibraryView) => void;
  all: ListColumn<ArticleLine>[];
  columns: ListColumn<ArticleLine>[];
  rows: ArticleLine[];
}

/** Saved views, choice of columns, export of what is loaded. */
export function LibraryTools({ view, setView, all, columns, rows }: Props) {
  const { t } = useWords();
  return (
    <>
      <Popover
        trigger="click"
        placement="bottomRight"
        content={<SavedViews name="knowledge.views" view={view} setView={setView} />}
      >
        <Button className="wide-only" icon={<StarOutlined />}>
          {t("list.views")}
        </Button>
      </Popover>
      <Popover
        trigger="click"
        placement="bottomRight"
        content={
          <Checkbox.Group
            className="column-choice"
            value={view.columns}
            options={all.map((column) => ({ value: column.key, label: column.title }))}
            onChange={(keys) => keys.length > 0 && setView({ ...view, columns: keys.map(String) })}
          />
        }
      >
        <Button className="wide-only" icon={<InsertRowRightOutlined />}>
          {t("list.columns")}
        </Button>
      </Popover>
      <Button
        icon={<DownloadOutlined />}
        disabled={rows.length === 0}
        title={t("list.exportHint", { count: rows.length })}
        onClick={() => exportRows("articles", columns, rows)}
      >
        {t("list.export")}
      </Button>
    </>
  );
}
