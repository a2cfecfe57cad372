import { useQuery } from "@tanstack/react-query";
import { Segmented } from "antd";
import { useParams, useSearchParams } from "react-router";
import { article } from "../api/knowledge";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { Facts } from "../ui/Facts";
import { Markdown } from "../ui/Markdown";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import "../styles/knowledge.css";

/** An article as a reader sees it, in any of its languages. */
export default function ArticlePage() {
  const { key = "" } = useParams();
  const { t, f } = useWords();
  const [params, setParams] = useSearchParams();
  const lang = params.get("lang") || undefined;
  const found = useQuery({
    queryKey: ["knowledge", "article", key, lang],
    queryFn: () => article(key, lang),
  });
  if (found.isPending) return <PageSkeleton />;
  if (!found.data) return <ErrorState error={found.error} retry={() => found.refetch()} />;
  const one = found.data;
  return (
    <div className="page page-record">
      <PageHead
        back={{ to: "/knowledge", label: t("nav.knowledge") }}
        title={<span lang={one.lang}>{one.title}</span>}
        sub={
          <>
            <span className="figures">{one.key}</span>
            <span className="tag">{t.label("articleType", one.type)}</span>
            <span className="tag" data-audience={one.audience}>
              {t.label("audience", one.audience)}
            </span>
          </>
        }
      >
        {one.languages.length > 1 && (
          <Segmented
            aria-label={t("article.lang")}
            value={one.lang}
            options={one.languages.map((code) => ({ value: code, label: f.languageName(code) }))}
            onChange={(code) => setParams({ lang: code }, { replace: true })}
          />
        )}
      </PageHead>
      <div className="article">
        <article lang={one.lang} dir="auto">
          <Markdown text={one.body} />
        </article>
        <aside aria-label={t("ticket.facts")}>
          <Facts
            facts={[
              {
                label: t("article.model"),
                value: one.product_models.join(", ") || t("article.allModels"),
              },
              { label: t("article.audience"), value: t.label("audience", one.audience) },
              { label: t("article.updated"), value: f.date(one.updated) },
              { label: t("article.state"), value: t.label("articleState", one.state) },
            ]}
          />
        </aside>
      </div>
    </div>
  );
}
