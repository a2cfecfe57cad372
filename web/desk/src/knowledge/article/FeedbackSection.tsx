import { DislikeOutlined, LikeOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { articleFeedback } from "../../api/knowledgeLearning";
import type { Article } from "../../api/knowledgeTypes";
import { useWords } from "../../i18n/LanguageProvider";
import { ErrorState } from "../../ui/ErrorState";
import { Section } from "../../ui/Facts";
import { GiveFeedback } from "./GiveFeedback";

const SHOWN = 5;

/** Whether readers were helped, and what those say who were not. */
export function FeedbackSection({ article }: { article: Article }) {
  const { t, f } = useWords();
  const found = useQuery({
    queryKey: ["knowledge", "feedback", article.id],
    queryFn: () => articleFeedback(article.id),
  });
  if (found.isPending) return null;
  if (!found.data) return <ErrorState error={found.error} retry={() => found.refetch()} />;
  const { helpful, not_helpful: not, items } = found.data;
  const total = helpful + not;
  return (
    <Section title={t("feedback.title")}>
      {total === 0 ? (
        <p className="quiet">{t("feedback.none")}</p>
      ) : (
        <p className="feedback-figures">
          <span title={t("feedback.helpful")}>
            <LikeOutlined aria-label={t("feedback.helpful")} /> {f.number(helpful)}
          </span>
          <span className="share" aria-hidden>
            <i style={{ inlineSize: `${(helpful / total) * 100}%` }} />
          </span>
          <span title={t("feedback.notHelpful")}>
            <DislikeOutlined aria-label={t("feedback.notHelpful")} /> {f.number(not)}
          </span>
        </p>
      )}
      <GiveFeedback article={article} />
      <ul className="feedback-lines">
        {items.slice(0, SHOWN).map((one, index) => (
          <li key={index}>
            {one.helpful ? <LikeOutlined aria-hidden /> : <DislikeOutlined aria-hidden />}
            <span>
              {one.reason || one.question || t(one.helpful ? "feedback.helpful" : "feedback.notHelpful")}
              <small className="quiet">
                {[one.by || t("author.customer"), f.ago(one.at), one.reason && one.question].filter(Boolean).join(" · ")}
              </small>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
