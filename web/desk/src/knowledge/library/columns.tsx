import { Link } from "react-router";
import type { ArticleLine } from "../../api/knowledgeTypes";
import type { Translator } from "../../i18n/catalogue";
import type { Formats } from "../../i18n/format";
import { LanguageTag } from "../../ui/LanguageTag";
import { byText, textColumn } from "../../ui/listColumns";
import type { ListColumn } from "../../ui/listColumns";
import { articlePath } from "../terms";
import { ArticleStates, LanguageDots, titleOf } from "./ArticleMarks";

/** Models as a list that breaks between names only. */
function Models({ names, all }: { names: string[]; all: string }) {
  if (names.length === 0) return all;
  return names.map((name, at) => (
    <span key={name}>
      <span className="nowrap">{at < names.length - 1 ? `${name},` : name}</span>{" "}
    </span>
  ));
}

/** Every column that the library can show, in order. */
export function articleColumns({ t, f }: { t: Translator; f: Formats }): ListColumn<ArticleLine>[] {
  const models = (one: ArticleLine) => one.product_models.join(", ") || t("article.allModels");
  return [
    {
      key: "title",
      title: t("article.title"),
      render: (one) => (
        <span className="article-cell">
          <Link to={articlePath(one.id)} lang={one.lang}>
            {titleOf(one)}
          </Link>
          <span className="article-facts">
            <LanguageTag code={one.lang} />
            <span className="figures">{one.key}</span>
            <ArticleStates article={one} />
          </span>
        </span>
      ),
      text: (one) => `${one.key} ${titleOf(one)}`,
      compare: byText((one) => titleOf(one)),
    },
    textColumn("state", t("article.state"), (one) => t.label("articleState", one.state), 100),
    textColumn("type", t("article.type"), (one) => t.label("articleType", one.type), 110),
    {
      key: "audience",
      title: t("article.audience"),
      width: 96,
      render: (one) => (
        <span className="tag" data-audience={one.audience}>
          {t.label("audience", one.audience)}
        </span>
      ),
      text: (one) => t.label("audience", one.audience),
      compare: byText((one) => one.audience),
    },
    {
      key: "languages",
      title: t("article.languages"),
      width: 180,
      render: (one) => <LanguageDots article={one} />,
      text: (one) => one.languages.map(({ lang }) => lang).join(" "),
      compare: (a, b) => a.languages.length - b.languages.length,
    },
    {
      key: "models",
      title: t("article.model"),
      width: 190,
      render: (one) => <Models names={one.product_models} all={t("article.allModels")} />,
      text: models,
      compare: byText(models),
    },
    {
      key: "version",
      title: t("article.version"),
      width: 96,
      render: (one) => (
        <span className="figures">{one.version > 0 ? one.version : t("state.none")}</span>
      ),
      text: (one) => String(one.version),
      compare: (a, b) => a.version - b.version,
    },
    {
      key: "passages",
      title: t("article.passages"),
      width: 96,
      render: (one) => <span className="figures">{f.number(one.passages)}</span>,
      text: (one) => String(one.passages),
      compare: (a, b) => a.passages - b.passages,
    },
    textColumn("format", t("article.format"), (one) => t.label("format", one.format), 110),
    {
      key: "owner",
      title: t("article.owner"),
      width: 110,
      render: (one) => one.owner?.name ?? <span className="quiet">{t("state.nobody")}</span>,
      text: (one) => one.owner?.name ?? "",
      compare: byText((one) => one.owner?.name ?? ""),
    },
    {
      key: "updated",
      title: t("article.updated"),
      width: 124,
      render: (one) =>
        one.updated && (
          <time className="nowrap" dateTime={one.updated}>
            {f.date(one.updated)}
          </time>
        ),
      text: (one) => one.updated ?? "",
      compare: byText((one) => one.updated ?? ""),
    },
  ];
}
