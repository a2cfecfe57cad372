import { Select } from "antd";
import type { Article } from "../../api/knowledgeTypes";
import { useColleagues } from "../../app/presence";
import { useMay } from "../../app/session";
import { useWords } from "../../i18n/LanguageProvider";
import { Facts } from "../../ui/Facts";
import type { ArticleActs } from "./useArticle";

/** For whom and for which machines the article is, since when, and who cares for it. */
export function ArticleFacts({ article, acts }: { article: Article; acts: ArticleActs }) {
  const { t, f } = useWords();
  const effective = [article.effective_from, article.effective_until];
  return (
    <section className="section">
      <Facts
        facts={[
          { label: t("article.type"), value: t.label("articleType", article.type) },
          { label: t("article.audience"), value: t.label("audience", article.audience) },
          {
            label: t("article.model"),
            value: article.product_models.join(", ") || t("article.allModels"),
          },
          { label: t("article.firmware"), value: article.firmware },
          {
            label: t("article.effective"),
            value: effective.some(Boolean) && effective.map((one) => f.date(one) || "…").join(" – "),
          },
          { label: t("article.supersedes"), value: article.supersedes.join(", ") },
          { label: t("article.updated"), value: f.date(article.updated) },
          {
            label: t("article.translation"),
            value: article.translation && t.label("translationState", article.translation),
          },
          { label: t("article.format"), value: t.label("format", article.format) },
          { label: t("article.passages"), value: f.number(article.passages) },
          { label: t("article.owner"), value: <Owner article={article} acts={acts} /> },
        ].map((fact) => (fact.value === false ? null : fact))}
      />
      {article.warnings_text.length > 0 && (
        <ul className="warnings" aria-label={t("editor.warnings")}>
          {article.warnings_text.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Owner({ article, acts }: { article: Article; acts: ArticleActs }) {
  const { t } = useWords();
  const mayWrite = useMay("knowledge:write");
  const colleagues = useColleagues();
  const { owner } = article;
  if (!mayWrite) return owner?.name ?? <i className="quiet">{t("state.nobody")}</i>;
  const known = colleagues.map((one) => ({ value: one.id, label: one.name }));
  const options =
    owner && !known.some((one) => one.value === owner.id)
      ? [...known, { value: owner.id, label: owner.name }]
      : known;
  return (
    <Select<string>
      allowClear
      size="small"
      className="fact-select"
      showSearch={{ optionFilterProp: "label" }}
      value={owner?.id}
      disabled={acts.busy}
      placeholder={t("state.nobody")}
      aria-label={t("article.owner")}
      options={options}
      onChange={(id?: string) => acts.giveOwner(id ?? null)}
    />
  );
}
