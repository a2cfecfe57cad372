import { useQuery } from "@tanstack/react-query";
import { Suspense, lazy } from "react";
import { NavLink, Navigate, useParams, useSearchParams } from "react-router";
import { articles } from "../../api/knowledgeArticles";
import type { Article } from "../../api/knowledgeTypes";
import { useMay } from "../../app/session";
import { useWords } from "../../i18n/LanguageProvider";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { PageHead } from "../../ui/PageHead";
import { LinesSkeleton, PageSkeleton } from "../../ui/Skeletons";
import { articlePath, isRowId } from "../terms";
import { ArticleMenu } from "./ArticleMenu";
import { DraftActs } from "./DraftActs";
import { LanguageSwitch } from "./LanguageSwitch";
import { ReadingView } from "./ReadingView";
import { StateLine } from "./StateLine";
import { useArticle, useArticleActs } from "./useArticle";
import "../../styles/knowledge.css";

const EditView = lazy(() => import("../editor/EditView"));
const VersionsView = lazy(() => import("./VersionsView"));
const ManualView = lazy(() => import("../manual/ManualView"));
const ReviewView = lazy(() => import("../translations/ReviewView"));

/** An article: to read, to edit, with its versions, its pages and its translations. */
export default function ArticlePage() {
  const { id = "" } = useParams();
  return isRowId(id) ? <ById id={id} /> : <ByKey articleKey={id} />;
}

/** Answers name an article by its key and language: find the row and go there. */
function ByKey({ articleKey: key }: { articleKey: string }) {
  const { t, language } = useWords();
  const [params] = useSearchParams();
  const lang = params.get("lang") || language;
  const found = useQuery({
    queryKey: ["knowledge", "byKey", key],
    queryFn: async () => {
      const { items } = await articles({ q: key, limit: 100 });
      return items.filter((one) => one.key === key);
    },
  });
  if (found.isPending) return <PageSkeleton />;
  if (!found.data) return <ErrorState error={found.error} retry={() => found.refetch()} />;
  const best =
    found.data.find((one) => one.lang === lang) ??
    found.data.find((one) => !one.translation) ??
    found.data[0];
  if (!best) return <EmptyState title={t("article.gone", { key })} hint={t("article.goneHint")} />;
  const sibling = best.languages.find((one) => one.lang === lang);
  return <Navigate to={articlePath(sibling?.id ?? best.id)} replace />;
}

function ById({ id }: { id: string }) {
  const found = useArticle(id);
  if (found.isPending) return <PageSkeleton />;
  if (!found.data) return <ErrorState error={found.error} retry={() => found.refetch()} />;
  return <Shown key={id} article={found.data} />;
}

function Shown({ article }: { article: Article }) {
  const { t } = useWords();
  const { view = "" } = useParams();
  const acts = useArticleActs(article);
  const editing = view === "edit";
  return (
    <div className={editing || view === "pages" ? "page" : "page page-record"}>
      <PageHead
        back={{ to: "/knowledge", label: t("nav.knowledge") }}
        title={<span lang={article.lang}>{article.title || article.draft_fields?.title}</span>}
        sub={
          <>
            <span className="figures">{article.key}</span>
            <StateLine article={article} />
          </>
        }
      >
        <LanguageSwitch article={article} view={view} />
        {!editing && <DraftActs article={article} acts={acts} />}
        <ArticleMenu article={article} acts={acts} />
      </PageHead>
      <ArticleTabs article={article} />
      <Suspense fallback={<LinesSkeleton />}>
        {view === "" && <ReadingView article={article} acts={acts} />}
        {editing && <EditView article={article} acts={acts} />}
        {view === "versions" && <VersionsView article={article} />}
        {view === "pages" && <ManualView article={article} />}
        {view === "review" && <ReviewView article={article} />}
      </Suspense>
    </div>
  );
}

function ArticleTabs({ article }: { article: Article }) {
  const { t } = useWords();
  const mayWrite = useMay("knowledge:write");
  const tabs = [
    { view: "", title: t("article.read"), shown: true },
    { view: "edit", title: t("article.edit"), shown: mayWrite },
    { view: "pages", title: t("article.pages"), shown: article.pages > 0 },
    { view: "versions", title: t("article.versions"), shown: true },
    { view: "review", title: t("article.review"), shown: article.translation !== "" },
  ];
  return (
    <nav className="tabs" aria-label={t("article.views")}>
      {tabs
        .filter(({ shown }) => shown)
        .map(({ view, title }) => (
          <NavLink key={view} to={articlePath(article.id, view)} end>
            {title}
          </NavLink>
        ))}
    </nav>
  );
}
