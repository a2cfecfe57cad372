import { Button, Input, InputNumber, Segmented, Select, Switch } from "antd";
import { useEffect, useState } from "react";
import { useWords } from "../../i18n/LanguageProvider";
import { CUSTOMER_LANGUAGES } from "../../ui/languages";
import { Labelled } from "../editor/EditorFields";
import { ASKERS, EMPTY_QUESTION } from "./question";
import type { BenchQuestion } from "./question";

interface Props {
  /** The question that was asked last; a model chosen below comes back through it. */
  asked?: BenchQuestion;
  busy: boolean;
  onAsk: (question: BenchQuestion) => void;
}

export function BenchForm({ asked, busy, onAsk }: Props) {
  const { t, f } = useWords();
  const [question, setQuestion] = useState(EMPTY_QUESTION);
  const [tried, setTried] = useState(false);
  useEffect(() => {
    if (asked) setQuestion(asked);
  }, [asked]);
  const change = (part: Partial<BenchQuestion>) => setQuestion({ ...question, ...part });
  const ask = () => {
    setTried(true);
    if (question.query.trim()) onAsk(question);
  };
  const missing = tried && !question.query.trim();
  return (
    <form
      className="bench-form"
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <Labelled
        label={t("bench.query")}
        className="bench-query"
        fault={missing && t("bench.queryNeeded")}
      >
        {(id) => (
          <div className="bench-line">
            <Input
              id={id}
              autoFocus
              value={question.query}
              status={missing ? "error" : undefined}
              onChange={(event) => change({ query: event.target.value })}
            />
            <Button type="primary" htmlType="submit" loading={busy}>
              {t("bench.search")}
            </Button>
          </div>
        )}
      </Labelled>
      <div className="labelled">
        <label id="bench-asker">{t("bench.asker")}</label>
        <Segmented<BenchQuestion["audience"]>
          aria-labelledby="bench-asker"
          value={question.audience}
          options={ASKERS.map((one) => ({ value: one, label: t.label("asker", one) }))}
          onChange={(audience) => change({ audience })}
        />
      </div>
      <Labelled label={t("article.model")}>
        {(id) => (
          <Input
            id={id}
            allowClear
            maxLength={80}
            value={question.model}
            onChange={(event) => change({ model: event.target.value })}
          />
        )}
      </Labelled>
      <Labelled label={t("bench.language")}>
        {(id) => (
          <Select<string>
            id={id}
            allowClear
            value={question.lang || undefined}
            placeholder={t("bench.detect")}
            options={CUSTOMER_LANGUAGES.map((one) => ({ value: one, label: f.languageName(one) }))}
            onChange={(lang?: string) => change({ lang: lang ?? "" })}
          />
        )}
      </Labelled>
      <Labelled label={t("bench.k")}>
        {(id) => (
          <InputNumber<number>
            id={id}
            min={1}
            max={50}
            precision={0}
            value={question.k}
            onChange={(k) => change({ k: k ?? EMPTY_QUESTION.k })}
          />
        )}
      </Labelled>
      <Labelled label={t("bench.history")}>
        {(id) => (
          <Switch
            id={id}
            checked={question.withHistory}
            onChange={(withHistory) => change({ withHistory })}
          />
        )}
      </Labelled>
      {question.withHistory && (
        <Labelled label={t("bench.historyLines")} className="bench-query">
          {(id) => (
            <Input.TextArea
              id={id}
              autoSize={{ minRows: 2, maxRows: 8 }}
              value={question.history}
              onChange={(event) => change({ history: event.target.value })}
            />
          )}
        </Labelled>
      )}
    </form>
  );
}
