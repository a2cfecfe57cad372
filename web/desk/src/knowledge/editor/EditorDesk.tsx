import { Segmented } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ArticleFields } from "../../api/knowledgeTypes";
import { useWords } from "../../i18n/LanguageProvider";
import { useNarrow } from "../../ui/useNarrow";
import { EditorFields } from "./EditorFields";
import { MarkdownEditor } from "./MarkdownEditor";
import { PreviewPane } from "./PreviewPane";
import type { FieldFault } from "./fields";
import "../../styles/knowledge-editor.css";

interface Props {
  fields: ArticleFields;
  faults: FieldFault[];
  lang: string;
  figures: Record<string, string>;
  /** Offset of the text at which the cursor begins. */
  startAt?: number;
  /** Fields that only a new article has. */
  extra?: ReactNode;
  onChange: (part: Partial<ArticleFields>) => void;
}

/** Fields above, text left, what becomes of it right; on a phone one after the other. */
export function EditorDesk({ fields, faults, lang, figures, startAt, extra, onChange }: Props) {
  const { t } = useWords();
  const narrow = useNarrow(1000);
  const [shown, setShown] = useState<"write" | "preview">("write");
  const [cursor, setCursor] = useState(startAt ?? 0);
  const write = (
    <MarkdownEditor
      value={fields.body}
      lang={lang}
      figures={figures}
      faulty={faults.includes("body")}
      startAt={startAt}
      onCursor={setCursor}
      onChange={(body) => onChange({ body })}
    />
  );
  const preview = (
    <PreviewPane
      title={fields.title}
      type={fields.type}
      lang={lang}
      body={fields.body}
      cursor={cursor}
      figures={figures}
    />
  );
  return (
    <>
      <EditorFields fields={fields} faults={faults} lang={lang} extra={extra} onChange={onChange} />
      {narrow && (
        <Segmented<"write" | "preview">
          block
          value={shown}
          options={[
            { value: "write", label: t("editor.write") },
            { value: "preview", label: t("editor.preview") },
          ]}
          onChange={setShown}
        />
      )}
      <div className="editor-panes">
        {(!narrow || shown === "write") && write}
        {(!narrow || shown === "preview") && preview}
      </div>
    </>
  );
}
