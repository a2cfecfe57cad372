import { Button, Input } from "antd";
import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import type { Article } from "../../api/knowledgeTypes";
import { useMay } from "../../app/session";
import { useWords } from "../../i18n/LanguageProvider";
import { EmptyState } from "../../ui/EmptyState";
import { offsetOfPage } from "../../ui/pageMarks";
import { DraftActs } from "../article/DraftActs";
import { useFigures } from "../article/ReadingView";
import type { ArticleActs } from "../article/useArticle";
import { EditorDesk } from "./EditorDesk";
import { useEditor } from "./useEditor";

/** Edit an article; what is saved is a draft until somebody publishes it. */
export default function EditView({ article, acts }: { article: Article; acts: ArticleActs }) {
  const { t } = useWords();
  const mayWrite = useMay("knowledge:write");
  if (!mayWrite) return <EmptyState title={t("state.noRight")} hint={t("state.noRightHint")} />;
  return <Editing article={article} acts={acts} />;
}

function Editing({ article, acts }: { article: Article; acts: ArticleActs }) {
  const { t, f } = useWords();
  const [params] = useSearchParams();
  const editor = useEditor(article);
  const [note, setNote] = useState("");
  const { fields, faults, unsaved, restored } = editor;
  const figures = useFigures(article, fields.body);
  const page = Number(params.get("page")) || 0;
  const save = () => {
    editor.save(note.trim());
    setNote("");
  };
  useSaveKey(unsaved && faults.length === 0 ? save : undefined);
  return (
    <div className="editor">
      <div className="editor-bar">
        <span className="editor-state" role="status">
          {unsaved ? t("editor.unsaved") : t("editor.allSaved")}
        </span>
        <Input
          className="editor-note"
          value={note}
          maxLength={300}
          disabled={!unsaved}
          aria-label={t("editor.note")}
          placeholder={t("editor.note")}
          onChange={(event) => setNote(event.target.value)}
        />
        <Button
          type={unsaved ? "primary" : "default"}
          disabled={!unsaved || faults.length > 0}
          loading={editor.saving}
          title={t("editor.saveHint")}
          onClick={save}
        >
          {t("editor.save")}
        </Button>
        <DraftActs article={article} acts={acts} unsaved={unsaved} />
      </div>
      {restored && (
        <p className="banner">
          {restored.base === article.row_version
            ? t("editor.restored", { time: f.ago(restored.at) })
            : t("editor.restoredOld", { time: f.ago(restored.at) })}
          <Button size="small" onClick={editor.dropLocal}>
            {t("editor.dropLocal")}
          </Button>
        </p>
      )}
      <EditorDesk
        fields={fields}
        faults={faults}
        lang={article.lang}
        figures={figures}
        startAt={page > 0 ? offsetOfPage(fields.body, page) : undefined}
        onChange={editor.change}
      />
    </div>
  );
}

/** Ctrl-S saves; absent: the key only keeps the browser from saving the page. */
export function useSaveKey(save: (() => void) | undefined): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
      event.preventDefault();
      save?.();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [save]);
}
