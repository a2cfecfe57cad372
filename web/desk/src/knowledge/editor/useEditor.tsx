import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { article as readArticle, saveDraft } from "../../api/knowledgeArticles";
import type { Article, ArticleFields } from "../../api/knowledgeTypes";
import { isStatus } from "../../api/problem";
import { useWords } from "../../i18n/LanguageProvider";
import { useFailure } from "../../ui/useFailureText";
import { useUnsaved } from "../../ui/useUnsaved";
import { articleKey, useSettle } from "../article/useArticle";
import { faultsOf, fieldsOf, sameFields } from "./fields";
import { useLocalDraft } from "./useLocalDraft";

/**
 * Editing of one article. What is typed is kept in this browser until it is saved as a draft. When
 * a colleague saved meanwhile, the person decides whether their own text goes over it.
 */
export function useEditor(article: Article) {
  const { t } = useWords();
  const { message, notification } = App.useApp();
  const client = useQueryClient();
  const { fail } = useFailure();
  const settle = useSettle();
  const saved = fieldsOf(article);
  const local = useLocalDraft(article.id);
  const [fields, setFields] = useState<ArticleFields>(local.found?.fields ?? saved);
  const [restored, setRestored] = useState(
    () => !!local.found && !sameFields(local.found.fields, saved),
  );
  const [base, setBase] = useState(local.found?.base ?? article.row_version);
  const [seen, setSeen] = useState(article);
  const latest = useRef(fields);
  const unsaved = !sameFields(fields, saved);
  if (seen !== article) {
    setSeen(article);
    const before = fieldsOf(seen);
    const untouched = sameFields(fields, before);
    if (untouched) setFields(saved);
    // Another's text is only replaced after asking; an approval or a new owner changes no text.
    if (untouched || sameFields(before, saved)) setBase(article.row_version);
  }
  useUnsaved(unsaved);
  useEffect(() => {
    latest.current = fields;
    if (unsaved) local.keep(fields, base);
    else local.forget();
  }, [fields, unsaved, base, local]);

  const write = useMutation({
    mutationFn: (asked: { fields: ArticleFields; note: string; version: number }) =>
      saveDraft(article.id, { ...asked.fields, note: asked.note, row_version: asked.version }),
    onSuccess: async (changed, asked) => {
      setBase(changed.row_version);
      // What was typed while it was being saved stays.
      if (sameFields(latest.current, asked.fields)) setFields(fieldsOf(changed));
      setRestored(false);
      void message.success(t("editor.saved", { number: changed.draft?.number ?? changed.version }));
      await settle(changed);
    },
    onError: (error, asked) => (isStatus(error, 412) ? overtaken(asked.note) : fail(error)),
  });
  const overtaken = (note: string) => {
    const id = `overtaken-${article.id}`;
    const again = async () => {
      notification.destroy(id);
      try {
        const now = await readArticle(article.id);
        setBase(now.row_version);
        client.setQueryData(articleKey(article.id), now);
        write.mutate({ fields: latest.current, note, version: now.row_version });
      } catch (error) {
        fail(error);
      }
    };
    notification.warning({
      key: id,
      title: t("ticket.overtaken"),
      description: t("editor.overtaken"),
      actions: <Button onClick={() => void again()}>{t("editor.saveOver")}</Button>,
      duration: 0,
    });
  };
  const faults = faultsOf(fields);
  return {
    fields,
    faults,
    unsaved,
    restored: restored ? local.found : null,
    saving: write.isPending,
    change: (part: Partial<ArticleFields>) => setFields((before) => ({ ...before, ...part })),
    save: (note: string) => {
      if (faults.length === 0) write.mutate({ fields, note, version: base });
    },
    dropLocal: () => {
      setBase(article.row_version);
      setFields(saved);
      setRestored(false);
    },
  };
}
