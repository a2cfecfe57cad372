import { DownloadOutlined, InsertRowRightOutlined, StarOutlined } from "@ant-design/icons";
import { Button, Checkbox, Dropdown, Popover } from "antd";
import { useState } from "react";
import { useMay, useMe } from "../app/session";
import type { Query } from "../api/client";
import { downloadList } from "../api/exports";
import type { ViewList } from "../api/views";
import { useWords } from "../i18n/LanguageProvider";
import { ListViews } from "./ListViews";
import { apiQuery } from "./listQuery";
import type { ListQuery } from "./listQuery";
import type { ServerColumn } from "./listShape";
import { useFailure } from "./useFailureText";

interface Props<T> {
  /** Absent: views of this list are not kept. */
  views?: ViewList;
  query: ListQuery;
  setQuery: (query: ListQuery) => void;
  all: ServerColumn<T>[];
  shown: string[];
  setShown: (keys: string[]) => void;
  exportKind?: string;
  ask: (query: Query) => Query;
}

/** Saved views, choice of columns, export of everything that the filters find. */
export function ListTools<T>(props: Props<T>) {
  const { views, query, setQuery, all, shown, setShown, exportKind, ask } = props;
  const { t } = useWords();
  const mayExport = useMay("export");
  return (
    <>
      {views && (
        <Popover
          trigger="click"
          placement="bottomRight"
          destroyOnHidden
          content={
            <ListViews
              list={views}
              query={query}
              setQuery={setQuery}
              shown={shown}
              setShown={setShown}
            />
          }
        >
          <Button icon={<StarOutlined />}>{t("list.views")}</Button>
        </Popover>
      )}
      <Popover
        trigger="click"
        placement="bottomRight"
        content={
          <Checkbox.Group
            className="column-choice"
            value={shown}
            options={all.map((column) => ({ value: column.key, label: column.title }))}
            onChange={(keys) => keys.length > 0 && setShown(keys.map(String))}
          />
        }
      >
        <Button className="wide-only" icon={<InsertRowRightOutlined />}>
          {t("list.columns")}
        </Button>
      </Popover>
      {exportKind && mayExport && <ExportMenu kind={exportKind} query={query} ask={ask} />}
    </>
  );
}

interface ExportProps {
  kind: string;
  query: ListQuery;
  ask: (query: Query) => Query;
}

function ExportMenu({ kind, query, ask }: ExportProps) {
  const { t, language } = useWords();
  const me = useMe();
  const { fail } = useFailure();
  const [busy, setBusy] = useState(false);
  const save = async (format: string) => {
    setBusy(true);
    try {
      const asked = ask(apiQuery({ ...query, sort: "" }, me.id));
      await downloadList(kind, format, asked, language);
    } catch (error) {
      fail(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: ["csv", "xlsx"].map((key) => ({ key, label: t.label("exportFormat", key) })),
        onClick: ({ key }) => void save(key),
      }}
    >
      <Button icon={<DownloadOutlined />} loading={busy} title={t("list.exportAll")}>
        {t("list.export")}
      </Button>
    </Dropdown>
  );
}
