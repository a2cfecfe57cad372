import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input, InputNumber, Select } from "antd";
import { Link } from "react-router";
import { search } from "../api/knowledge";
import type { Passage, SearchAnswer, SearchQuery } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { LanguageTag } from "../ui/LanguageTag";
import { Markdown } from "../ui/Markdown";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import { CUSTOMER_LANGUAGES } from "../ui/languages";
import { KnowledgeTabs } from "./KnowledgeTabs";
import { AUDIENCES } from "./terms";
import "../styles/knowledge.css";

/** What the search finds for a question, with scores: to see what an answer would rest on. */
export default function SearchBench() {
  const { t, f } = useWords();
  const [form] = Form.useForm<SearchQuery>();
  const ask = useMutation({ mutationFn: search });
  const clarify = (model: string) => {
    form.setFieldValue("model", model);
    form.submit();
  };
  return (
    <div className="page">
      <PageHead title={t("nav.knowledge")} />
      <KnowledgeTabs />
      <Form<SearchQuery>
        form={form}
        layout="vertical"
        className="bench-form"
        initialValues={{ k: 8, audience: "public" }}
        onFinish={(values) => ask.mutate(values)}
      >
        <Form.Item
          name="query"
          label={t("bench.query")}
          className="bench-query"
          rules={[{ required: true, whitespace: true, message: t("bench.queryNeeded") }]}
        >
          <Input.Search enterButton={t("bench.search")} loading={ask.isPending} onSearch={form.submit} />
        </Form.Item>
        <Form.Item name="model" label={t("article.model")}>
          <Input allowClear maxLength={80} onPressEnter={form.submit} />
        </Form.Item>
        <Form.Item name="audience" label={t("article.audience")}>
          <Select options={AUDIENCES.map((one) => ({ value: one, label: t.label("audience", one) }))} />
        </Form.Item>
        <Form.Item name="lang" label={t("bench.language")}>
          <Select
            allowClear
            placeholder={t("bench.detect")}
            options={CUSTOMER_LANGUAGES.map((one) => ({ value: one, label: f.languageName(one) }))}
          />
        </Form.Item>
        <Form.Item name="k" label={t("bench.k")}>
          <InputNumber min={1} max={50} precision={0} />
        </Form.Item>
      </Form>
      {ask.isPending && <PageSkeleton />}
      {ask.isError && (
        <ErrorState error={ask.error} retry={() => ask.variables && ask.mutate(ask.variables)} />
      )}
      {ask.isIdle && <EmptyState title={t("bench.idle")} hint={t("bench.idleHint")} />}
      {ask.data && <Answer answer={ask.data} onClarify={clarify} />}
    </div>
  );
}

function Answer({ answer, onClarify }: { answer: SearchAnswer; onClarify: (model: string) => void }) {
  const { t, f } = useWords();
  return (
    <section aria-label={t("bench.results")}>
      <p className="quiet">
        {t("bench.took", { count: answer.results.length, ms: f.number(answer.took_ms, 1) })}
      </p>
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
      {answer.results.length === 0 && (
        <EmptyState title={t("bench.none")} hint={t("bench.noneHint")} />
      )}
      <ol className="passages">
        {answer.results.map((passage, index) => (
          <PassageCard key={index} passage={passage} best={answer.results[0]?.score ?? 1} />
        ))}
      </ol>
    </section>
  );
}

function PassageCard({ passage, best }: { passage: Passage; best: number }) {
  const { t, f } = useWords();
  const share = best > 0 ? Math.max(0, Math.min(1, passage.score / best)) : 0;
  return (
    <li className="passage">
      <header>
        <Link
          to={`/knowledge/articles/${encodeURIComponent(passage.document)}?lang=${passage.lang}`}
        >
          {passage.title || passage.document}
        </Link>
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
    </li>
  );
}
