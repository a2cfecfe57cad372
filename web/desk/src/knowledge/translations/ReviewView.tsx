import { useMutation, useQuery } from "@tanstack/react-query";
import { App, Button } from "antd";
import { Link } from "react-router";
import { articles } from "../../api/knowledgeArticles";
import { markReviewed, translationProblems } from "../../api/knowledgeTranslations";
import type { Article, TranslationProblem } from "../../api/knowledgeTypes";
import { useMay } from "../../app/session";
import { useWords } from "../../i18n/LanguageProvider";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { Markdown } from "../../ui/Markdown";
import { LinesSkeleton } from "../../ui/Skeletons";
import { useFailure } from "../../ui/useFailureText";
import { useArticle, useSettle } from "../article/useArticle";
import { fieldsOf } from "../editor/fields";
import { articlePath } from "../terms";
import { besideEachOther } from "./besideEachOther";
import "../../styles/knowledge-translations.css";

/** A translation beside its original, with what does not fit between them. */
export default function ReviewView({ article }: { article: Article }) {
  const { t } = useWords();
  const found = useQuery({
    queryKey: ["knowledge", "original", article.key],
    queryFn: async () => {
      const { items } = await articles({ q: article.key, limit: 100 });
      return items.find((one) => one.key === article.key && !one.translation)?.id ?? "";
    },
  });
  const original = useArticle(found.data ?? "");
  if (found.isPending || (found.data && original.isPending)) return <LinesSkeleton />;
  if (found.isError) return <ErrorState error={found.error} retry={() => found.refetch()} />;
  if (!found.data) return <EmptyState title={t("review.noOriginal")} />;
  if (!original.data) {
    return <ErrorState error={original.error} retry={() => original.refetch()} />;
  }
  return <Shown source={original.data} target={article} />;
}

function Shown({ source, target }: { source: Article; target: Article }) {
  const { t, f } = useWords();
  const own = fieldsOf(target);
  const rows = besideEachOther(source.body || fieldsOf(source).body, own.body);
  return (
    <div className="review">
      <ReviewBar source={source} target={target} />
      <Problems target={target} />
      <div className="review-rows">
        <div className="review-row review-head">
          <strong>
            {f.languageName(source.lang)} · {t("review.original")}
          </strong>
          <strong>
            {f.languageName(target.lang)} · {t("review.translation")}
          </strong>
        </div>
        <div className="review-row">
          <h2 lang={source.lang}>{source.title}</h2>
          <h2 lang={target.lang}>{own.title}</h2>
        </div>
        {rows.map((row, index) => (
          <div className="review-row" key={index}>
            <div lang={source.lang} dir="auto">
              <Markdown text={row.source} />
            </div>
            <div lang={target.lang} dir="auto">
              <Markdown text={row.target} />
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}

function ReviewBar({ source, target }: { source: Article; target: Article }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const { fail } = useFailure();
  const settle = useSettle();
  const mayWrite = useMay("knowledge:write");
  const approve = useMutation({
    mutationFn: () => markReviewed(target.id),
    onSuccess: async (changed) => {
      void message.success(t("review.done"));
      await settle(changed);
    },
    onError: fail,
  });
  const behind = target.languages.find((one) => one.lang === target.lang)?.behind ?? false;
  const reviewed = target.translation === "reviewed" && !behind;
  const how = behind ? "behind" : target.translation || "unreviewed";
  return (
    <div className="review-bar">
      <span>
        <i className="state-dot" data-translation={how} aria-hidden /> {t.label("translationState", how)}
      </span>
      <Link to={articlePath(source.id)}>{t("review.toOriginal")}</Link>
      {mayWrite && (
        <>
          <Link to={articlePath(target.id, "edit")}>
            <Button>{t("article.edit")}</Button>
          </Link>
          <Button
            type="primary"
            disabled={reviewed}
            loading={approve.isPending}
            onClick={() => approve.mutate()}
          >
            {t("review.approve")}
          </Button>
        </>
      )}
    </div>
  );
}

function Problems({ target }: { target: Article }) {
  const { t } = useWords();
  const found = useQuery({
    queryKey: ["knowledge", "translationCheck", target.id, target.row_version],
    queryFn: () => translationProblems(target.id),
  });
  if (found.isPending) return <LinesSkeleton lines={1} />;
  if (!found.data) return <ErrorState error={found.error} retry={() => found.refetch()} />;
  if (found.data.length === 0) return <p className="banner banner-good">{t("review.noProblems")}</p>;
  return (
    <section className="problems" aria-label={t("review.problems")}>
      <h2>{t("review.problemCount", { count: found.data.length })}</h2>
      <ul>
        {found.data.map((problem, index) => (
          <Problem key={index} problem={problem} />
        ))}
      </ul>
    </section>
  );
}

/** What is wrong, and below it both places beside each other. */
function Problem({ problem }: { problem: TranslationProblem }) {
  const { t } = useWords();
  const { kind, source, target, text } = problem;
  return (
    <li>
      <p>
        <span className="tag">{t.label("translationProblem", kind)}</span> {text}
      </p>
      {(source || target) && (
        <div className="problem-places">
          <span dir="auto">{source || "–"}</span>
          <span dir="auto">{target || <i>{t("review.absent")}</i>}</span>
        </div>
      )}
    </li>
  );
}
