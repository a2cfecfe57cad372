import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Segmented } from "antd";
import { useState } from "react";
import { preview } from "../../api/knowledgeArticles";
import { useWords } from "../../i18n/LanguageProvider";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { Markdown } from "../../ui/Markdown";
import { LinesSkeleton } from "../../ui/Skeletons";
import { useDebounced } from "../../ui/useDebounced";
import { PassageCard } from "../passages/PassageCard";
import { sectionAt } from "./sections";

interface Props {
  title: string;
  type: string;
  lang: string;
  body: string;
  cursor: number;
  figures: Record<string, string>;
}

/** A longer text is shown by the section in which the cursor is. */
const WHOLE_UP_TO = 40_000;
const STILL_MS = 600;

/** What becomes of the text: as readers see it, and as the passages that answers rest on. */
export function PreviewPane({ title, type, lang, body, cursor, figures }: Props) {
  const { t } = useWords();
  const [shown, setShown] = useState<"text" | "passages">("text");
  const long = body.length > WHOLE_UP_TO;
  const part = long ? (sectionAt(body, cursor)?.text ?? "") : body;
  const asked = useDebounced({ title, type, lang, body: part }, STILL_MS);
  const compiled = useQuery({
    queryKey: ["knowledge", "preview", asked],
    queryFn: () => preview(asked),
    enabled: asked.body.trim() !== "",
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });
  const found = compiled.data?.passages ?? [];
  return (
    <section className="preview" aria-label={t("editor.preview")} aria-busy={compiled.isFetching}>
      <header>
        <Segmented<"text" | "passages">
          value={shown}
          options={[
            { value: "text", label: t("editor.asText") },
            { value: "passages", label: t("editor.asPassages", { count: found.length }) },
          ]}
          onChange={setShown}
        />
        {long && <span className="quiet">{t("editor.sectionOnly")}</span>}
      </header>
      {!!compiled.data?.warnings.length && (
        <ul className="warnings" aria-label={t("editor.warnings")}>
          {compiled.data.warnings.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {part.trim() === "" && (
        <EmptyState title={t("editor.nothing")} hint={t("editor.nothingHint")} />
      )}
      {part.trim() !== "" && shown === "text" && (
        <div className="preview-text" lang={lang} dir="auto">
          <Markdown text={part} figures={figures} />
        </div>
      )}
      {part.trim() !== "" && shown === "passages" && (
        <>
          {compiled.isPending && <LinesSkeleton lines={3} />}
          {compiled.isError && (
            <ErrorState error={compiled.error} retry={() => compiled.refetch()} />
          )}
          <ol className="compiled-list">
            {found.map((one) => (
              <PassageCard key={one.ordinal} passage={one} lang={lang} figures={figures} />
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
