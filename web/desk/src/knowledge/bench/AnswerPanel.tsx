import { Link } from "react-router";
import type { BotAnswer } from "../../api/types";
import { useWords } from "../../i18n/LanguageProvider";
import { LanguageTag } from "../../ui/LanguageTag";
import { Markdown } from "../../ui/Markdown";
import { Spark } from "../../ui/Spark";
import { keyPath } from "../terms";
import { ConfidenceMeter } from "./ConfidenceMeter";

/** What the bot would say, and what it rests on. */
export function AnswerPanel({ answer }: { answer: BotAnswer }) {
  const { t, f } = useWords();
  const total = Object.values(answer.timings_ms).reduce((sum, one) => sum + one, 0);
  return (
    <section className="bot-answer">
      <header>
        <h2 className="ai-title">
          <Spark /> {t("bench.answer")}
        </h2>
        <span className="tag">{t.label("decision", answer.decision)}</span>
        <LanguageTag code={answer.language} />
      </header>
      <ConfidenceMeter value={answer.confidence} reasons={answer.reasons} />
      <div className="bot-answer-text" lang={answer.language} dir="auto">
        {answer.text ? <Markdown text={answer.text} /> : <p className="quiet">{t("bench.silent")}</p>}
      </div>
      {!!answer.options?.length && (
        <ul className="chips" aria-label={t("part.options")}>
          {answer.options.map((one) => (
            <li key={one} className="chip">
              {one}
            </li>
          ))}
        </ul>
      )}
      {answer.citations.length > 0 && (
        <ol className="citations" aria-label={t("part.sources")}>
          {answer.citations.map(({ document, section, page }, index) => (
            <li key={index}>
              <Link to={keyPath(document, answer.language)}>{document}</Link>
              <span className="quiet">
                {[section, page !== null && t("part.page", { page })].filter(Boolean).join(" · ")}
              </span>
            </li>
          ))}
        </ol>
      )}
      <p className="quiet">{t("bench.answerTook", { ms: f.number(answer.timings_ms.total ?? total, 1) })}</p>
    </section>
  );
}
