import { Button } from "antd";
import type { Article } from "../../api/knowledgeTypes";
import { useMay } from "../../app/session";
import { useWords } from "../../i18n/LanguageProvider";
import type { ArticleActs } from "./useArticle";

interface Props {
  article: Article;
  acts: ArticleActs;
  /** What is not saved yet cannot be accepted. */
  unsaved?: boolean;
}

/** Accept the waiting draft: approve it, or publish it to the readers. */
export function DraftActs({ article, acts, unsaved = false }: Props) {
  const { t } = useWords();
  const mayWrite = useMay("knowledge:write");
  const { draft } = article;
  if (!mayWrite || !draft) return null;
  const hint = unsaved ? t("editor.saveFirst") : undefined;
  return (
    <>
      {draft.state === "draft" && (
        <Button
          disabled={unsaved || acts.busy}
          title={hint ?? t("article.approveHint")}
          onClick={() => acts.approve(draft.number)}
        >
          {t("article.approve")}
        </Button>
      )}
      <Button
        type="primary"
        disabled={unsaved}
        loading={acts.busy}
        title={hint ?? t("article.publishHint")}
        onClick={() => acts.publish(draft.number)}
      >
        {t("article.publish")}
      </Button>
    </>
  );
}
