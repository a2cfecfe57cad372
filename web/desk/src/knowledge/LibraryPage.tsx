import { SearchOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Input, Select } from "antd";
import { Link } from "react-router";
import { articles } from "../api/knowledge";
import type { LibraryQuery } from "../api/knowledge";
import type { ArticleSummary } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { LanguageTag } from "../ui/LanguageTag";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import { CUSTOMER_LANGUAGES } from "../ui/languages";
import { useDebounced } from "../ui/useDebounced";
import { useStored } from "../ui/useStored";
import { KnowledgeTabs } from "./KnowledgeTabs";
import { ARTICLE_TYPES, AUDIENCES } from "./terms";
import "../styles/knowledge.css";

/** All articles, narrowed by words, language, type, audience and model. */
export default function LibraryPage() {
  const { t, f, language } = useWords();
  const [filters, setFilters] = useStored<LibraryQuery>("knowledge.filters", {});
  // Titles come in the reader's language where there is a translation.
  const query = useDebounced({ ...filters, lang: filters.lang || language });
  const list = useQuery({
    queryKey: ["knowledge", "list", query],
    queryFn: ({ signal }) => articles(query, signal),
  });
  const change = (part: LibraryQuery) => setFilters({ ...filters, ...part });
  const filtered = Object.values(filters).some(Boolean);
  const pick = (name: "lang" | "type" | "audience", options: { value: string; label: string }[]) => (
    <Select<string>
      allowClear
      className="filter-pick"
      value={filters[name]}
      placeholder={t(`article.${name}`)}
      aria-label={t(`article.${name}`)}
      options={options}
      onChange={(value?: string) => change({ [name]: value })}
    />
  );
  return (
    <div className="page">
      <PageHead
        title={t("nav.knowledge")}
        sub={list.data && t("list.loaded", { count: list.data.length, more: "" })}
      />
      <KnowledgeTabs />
      <div className="filters">
        <Input
          allowClear
          className="filter-search"
          prefix={<SearchOutlined />}
          value={filters.q}
          aria-label={t("knowledge.search")}
          placeholder={t("knowledge.search")}
          onChange={(event) => change({ q: event.target.value })}
        />
        {pick("type", ARTICLE_TYPES.map((one) => ({ value: one, label: t.label("articleType", one) })))}
        {pick("lang", CUSTOMER_LANGUAGES.map((one) => ({ value: one, label: f.languageName(one) })))}
        {pick("audience", AUDIENCES.map((one) => ({ value: one, label: t.label("audience", one) })))}
        <Input
          allowClear
          className="filter-pick"
          value={filters.model}
          aria-label={t("article.model")}
          placeholder={t("article.model")}
          onChange={(event) => change({ model: event.target.value })}
        />
      </div>
      {list.isPending && <PageSkeleton />}
      {list.isError && !list.data && <ErrorState error={list.error} retry={() => list.refetch()} />}
      {list.data?.length === 0 && (
        <EmptyState
          title={filtered ? t("state.noMatch") : t("knowledge.empty")}
          hint={filtered ? t("state.noMatchHint") : t("knowledge.emptyHint")}
        />
      )}
      <ul className="articles">
        {list.data?.map((one) => (
          <ArticleLine key={`${one.key}-${one.lang}`} article={one} />
        ))}
      </ul>
    </div>
  );
}

function ArticleLine({ article }: { article: ArticleSummary }) {
  const { t, f } = useWords();
  return (
    <li>
      <Link to={`/knowledge/articles/${encodeURIComponent(article.key)}?lang=${article.lang}`}>
        <strong lang={article.lang}>{article.title}</strong>
        <span className="article-facts">
          <span className="tag">{t.label("articleType", article.type)}</span>
          <span className="tag" data-audience={article.audience}>
            {t.label("audience", article.audience)}
          </span>
          {article.languages.map((code) => (
            <LanguageTag key={code} code={code} />
          ))}
          <span className="figures">{article.key}</span>
          <span>{article.product_models.join(", ") || t("article.allModels")}</span>
          {article.updated && <time dateTime={article.updated}>{f.date(article.updated)}</time>}
        </span>
      </Link>
    </li>
  );
}
