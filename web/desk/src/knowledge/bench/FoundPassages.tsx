import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import type { BenchAnswer, FoundPassage } from "../../api/knowledgeTypes";
import { useWords } from "../../i18n/LanguageProvider";
import { EmptyState } from "../../ui/EmptyState";
import { LanguageTag } from "../../ui/LanguageTag";
import { Markdown } from "../../ui/Markdown";
import { keyPath } from "../terms";
import { ConfidenceMeter } from "./ConfidenceMeter";
import { barsOf } from "./question";

interface Props {
  answer: BenchAnswer;
  onClarify: (model: string) => void;
}

/** Ranked passages, each with its score and what made it. */
export function FoundPassages({ answer, onClarify }: Props) {
  const { t, f } = useWords();
  const best = answer.results[0]?.score ?? 1;
  return (
    <>
      <p className="quiet">
        {t("bench.took", { count: answer.results.length, ms: f.number(answer.took_ms, 1) })}
      </p>
      {answer.results.length > 0 && (
        <ConfidenceMeter value={answer.confidence ?? 0} reasons={answer.reasons ?? []} />
      )}
      {!!answer.clarify?.length && (
        <div className="bench-clarify">
          <span>{t("bench.clarify")}</span>
          {answer.clarify.map((model) => (
            <Button key={model} size="small" onClick={() => onClarify(model)}>
              {model}
            </Button>
          ))}
        </div>
      )}
      {answer.results.length === 0 && <EmptyState title={t("bench.none")} hint={t("bench.noneHint")} />}
      <ol className="passages">
        {answer.results.map((passage, index) => (
          <FoundCard key={index} passage={passage} best={best} />
        ))}
      </ol>
    </>
  );
}

function FoundCard({ passage, best }: { passage: FoundPassage; best: number }) {
  const { t, f } = useWords();
  const [open, setOpen] = useState(false);
  const share = best > 0 ? Math.max(0, Math.min(1, passage.score / best)) : 0;
  const why = passage.why ?? [];
  return (
    <li className="passage">
      <header>
        <Link to={keyPath(passage.document, passage.lang)}>{passage.title || passage.document}</Link>
        <LanguageTag code={passage.lang} />
        <span className="tag" data-audience={passage.audience}>
          {t.label("audience", passage.audience)}
        </span>
        <span className="passage-score" title={t("bench.score")}>
          <i style={{ inlineSize: `${share * 64}px` }} aria-hidden />
          <span className="figures">{f.number(passage.score, 3)}</span>
        </span>
      </header>
      <p className="quiet">
        {[
          passage.document,
          passage.section,
          passage.page !== null && t("part.page", { page: passage.page }),
          passage.models.join(", ") || t("article.allModels"),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <div lang={passage.lang} dir="auto">
        <Markdown text={passage.text} />
      </div>
      {why.length > 0 && (
        <>
          <Button
            type="link"
            size="small"
            className="why-toggle"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {open ? t("bench.whyClose") : t("bench.why")}
          </Button>
          {open && <WhyBars why={why} />}
        </>
      )}
    </li>
  );
}

function WhyBars({ why }: { why: NonNullable<FoundPassage["why"]> }) {
  const { t, f } = useWords();
  return (
    <dl className="why">
      {barsOf(why).map(({ feature, value, share }, index) => (
        <div key={index}>
          <dt>{t.label("feature", feature)}</dt>
          <dd>
            <i data-against={value < 0 || undefined} style={{ inlineSize: `${share * 100}%` }} aria-hidden />
          </dd>
          <dd className="figures">{f.number(value, 3)}</dd>
        </div>
      ))}
    </dl>
  );
}
