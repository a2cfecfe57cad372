import { PlusOutlined, UploadOutlined } from "@ant-design/icons";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useMemo } from "react";
import { Link, useNavigate } from "react-router";
import { articles } from "../../api/knowledgeArticles";
import { useMay, useMe } from "../../app/session";
import { useWords } from "../../i18n/LanguageProvider";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { MoreButton } from "../../ui/MoreButton";
import { PageHead } from "../../ui/PageHead";
import { PageSkeleton } from "../../ui/Skeletons";
import { sortedRows } from "../../ui/listColumns";
import { useDebounced } from "../../ui/useDebounced";
import { useStored } from "../../ui/useStored";
import { KnowledgeTabs } from "../KnowledgeTabs";
import { DropFiles } from "../files/DropFiles";
import { useTakeIn } from "../files/useTakeIn";
import { LibraryCounts } from "./LibraryCounts";
import { LibraryFilters } from "./LibraryFilters";
import { LibraryTable } from "./LibraryTable";
import { LibraryTools } from "./LibraryTools";
import { articleColumns } from "./columns";
import { byLanguage, onePerArticle } from "./grouped";
import { EMPTY_VIEW, isFiltered, queryOf } from "./view";
import type { LibraryView } from "./view";
import "../../styles/knowledge-files.css";
import "../../styles/knowledge.css";

const PER_PAGE = 200;

/** All articles: what is published, what waits to be accepted, in which languages. */
export default function LibraryPage() {
  const { t, f, language } = useWords();
  const me = useMe();
  const mayWrite = useMay("knowledge:write");
  const navigate = useNavigate();
  const [stored, setView] = useStored<LibraryView>("knowledge.view", EMPTY_VIEW);
  const view = useMemo(() => ({ ...EMPTY_VIEW, ...stored }), [stored]);
  const query = useDebounced(queryOf(view, me.id));
  const takeIn = useTakeIn((id) => void navigate(`/knowledge/files/${id}`));
  const list = useInfiniteQuery({
    queryKey: ["knowledge", "list", query],
    queryFn: ({ pageParam, signal }) =>
      articles({ ...query, cursor: pageParam, limit: PER_PAGE }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
  const all = useMemo(() => articleColumns({ t, f }), [t, f]);
  const columns = all.filter((column) => view.columns.includes(column.key));
  const rows = useMemo(() => {
    const lines = list.data?.pages.flatMap((page) => page.items) ?? [];
    return sortedRows(byLanguage(view) ? lines : onePerArticle(lines, language), all, view.sort);
  }, [list.data, all, view, language]);
  const filtered = isFiltered(view);
  return (
    <DropFiles disabled={!mayWrite} onFiles={(files) => void takeIn.send(files, false)}>
      <div className="page">
        <PageHead
          title={t("nav.knowledge")}
          sub={list.data && t("list.loaded", { count: rows.length, more: list.hasNextPage ? "+" : "" })}
        >
          <LibraryTools view={view} setView={setView} all={all} columns={columns} rows={rows} />
          {mayWrite && (
            <>
              <Link to="/knowledge/files">
                <Button icon={<UploadOutlined />}>{t("knowledge.addFiles")}</Button>
              </Link>
              <Link to="/knowledge/new">
                <Button type="primary" icon={<PlusOutlined />}>
                  {t("knowledge.new")}
                </Button>
              </Link>
            </>
          )}
        </PageHead>
        <KnowledgeTabs />
        <LibraryCounts counts={list.data?.pages[0]?.counts} view={view} setView={setView} />
        <LibraryFilters view={view} setView={setView} />
        {list.isPending && <PageSkeleton />}
        {list.isError && !list.data && <ErrorState error={list.error} retry={() => list.refetch()} />}
        {list.data && rows.length === 0 && (
          <EmptyState
            title={filtered ? t("state.noMatch") : t("knowledge.empty")}
            hint={filtered ? t("state.noMatchHint") : t("knowledge.emptyHint")}
          >
            {mayWrite && !filtered && (
              <Link to="/knowledge/files">
                <Button type="primary">{t("knowledge.addFiles")}</Button>
              </Link>
            )}
          </EmptyState>
        )}
        {rows.length > 0 && (
          <LibraryTable rows={rows} columns={columns} view={view} setView={setView} />
        )}
        <MoreButton pages={list} />
      </div>
    </DropFiles>
  );
}
