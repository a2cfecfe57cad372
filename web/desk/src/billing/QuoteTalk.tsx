import { Button, Input } from "antd";
import { useState } from "react";
import { useMay } from "../app/session";
import { actOnQuote } from "../api/billing";
import type { QuoteFile } from "../api/billing";
import { useWords } from "../i18n/LanguageProvider";
import { Section } from "../ui/Facts";
import { useCommand } from "../ui/useCommand";

/** What the customer asked on their page, and our answers, which they read there. */
export function QuoteTalk({ file }: { file: QuoteFile }) {
  const { t, f } = useWords();
  const mayWrite = useMay("tickets:write");
  const [text, setText] = useState("");
  const answer = useCommand<string, unknown>({
    run: (words, how) => actOnQuote(file.number, "answers", { text: words, client_id: how.key }, how),
    refresh: [["quotes"]],
    done: () => t("quote.answered"),
    onDone: () => setText(""),
  });
  if (file.questions.length === 0) return null;
  return (
    <Section title={t("quote.talk")}>
      <ol className="quote-talk">
        {file.questions.map((one, index) => (
          <li key={index} data-customer={one.from_customer || undefined}>
            <strong>{one.name || t("author.customer")}</strong>
            <small className="quiet">{f.dateTime(one.at)}</small>
            <p className="plain">{one.text}</p>
          </li>
        ))}
      </ol>
      {mayWrite && (
        <>
          <Input.TextArea
            value={text}
            onChange={(event) => setText(event.target.value)}
            autoSize={{ minRows: 2, maxRows: 8 }}
            maxLength={5000}
            placeholder={t("quote.answerHint")}
            aria-label={t("quote.answer")}
          />
          <Button
            size="small"
            type="primary"
            className="quote-answer"
            disabled={!text.trim()}
            loading={answer.busy}
            onClick={() => answer.submit(text.trim())}
          >
            {t("quote.answer")}
          </Button>
        </>
      )}
    </Section>
  );
}
