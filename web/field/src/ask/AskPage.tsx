import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { post } from "../api/client";
import type { components } from "../api/schema";
import { useWords } from "../i18n/LanguageProvider";
import { Button } from "../ui/Button";
import { TextArea, TextInput } from "../ui/Field";
import { Page } from "../ui/Page";
import { Note, Tag } from "../ui/States";
import { useFailureText } from "../ui/useFailureText";

type Found = components["schemas"]["SearchAnswer"];
const PASSAGES = 5;

/** Ask the knowledge base: passages as they stand in the documents, each with its source. */
export default function AskPage() {
  const { t, language } = useWords();
  const text = useFailureText();
  const [query, setQuery] = useState("");
  const [model, setModel] = useState("");
  const search = useMutation({
    mutationFn: () =>
      post<Found>("/v1/kb/search", { query, lang: language, k: PASSAGES, ...(model.trim() ? { model: model.trim() } : {}) }),
    networkMode: "always",
  });
  return (
    <Page title={t("ask.title")}>
      <form
        className="card"
        onSubmit={(event) => {
          event.preventDefault();
          search.mutate();
        }}
      >
        <TextArea label={t("ask.question")} hint={t("ask.hint")} value={query} onChange={setQuery} rows={2} required maxLength={1000} />
        <TextInput label={t("device.model")} value={model} onChange={setModel} optional autoComplete="off" maxLength={80} />
        <Button type="submit" size="big" wide icon="search" busy={search.isPending} disabled={!query.trim()}>
          {t("ask.submit")}
        </Button>
      </form>
      {search.isError && (
        <Note tone="red" role="alert">
          {text(search.error)}
        </Note>
      )}
      {search.data && search.data.results.length === 0 && (
        <Note tone="amber" role="status">
          {t("ask.nothing")}
        </Note>
      )}
      {search.data && !search.data.answerable && search.data.results.length > 0 && (
        <Note tone="amber" role="status">
          {t("ask.unsure")}
        </Note>
      )}
      {search.data?.results.map((one) => (
        <article key={`${one.document}${one.section}${one.page}`} className="card">
          <h2 className="wrap">{one.title || one.document}</h2>
          <p className="quiet wrap">
            {one.section} {one.page !== null && t("ask.page", { n: one.page })}
          </p>
          <p className="prose">{one.text}</p>
          <p className="line">
            <Tag>{one.document}</Tag>
            {one.models.slice(0, 3).map((name) => (
              <Tag key={name}>{name}</Tag>
            ))}
          </p>
        </article>
      ))}
    </Page>
  );
}
