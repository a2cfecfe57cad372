import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useCallback } from "react";
import * as api from "../../api/knowledgeArticles";
import type { Article } from "../../api/knowledgeTypes";
import { useWords } from "../../i18n/LanguageProvider";
import { useFailure } from "../../ui/useFailureText";
import { useUndo } from "../../ui/useUndo";

export const articleKey = (id: string) => ["knowledge", "article", id];

export const useArticle = (id: string) =>
  useQuery({ queryKey: articleKey(id), queryFn: () => api.article(id), enabled: id !== "" });

/** Put a changed article in place of the one that was read, and read anew what lists it. */
export function useSettle(): (changed: Article) => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    async (changed) => {
      client.setQueryData(articleKey(changed.id), changed);
      await client.invalidateQueries({
        predicate: ({ queryKey }) =>
          queryKey[0] === "knowledge" &&
          !(queryKey[1] === "article" && queryKey[2] === changed.id && queryKey.length === 3),
      });
    },
    [client],
  );
}

/** Approve, publish, discard, retire, restore, hand to somebody. */
export function useArticleActs(article: Article) {
  const { t } = useWords();
  const { message } = App.useApp();
  const { fail } = useFailure();
  const undoable = useUndo();
  const settle = useSettle();
  const acts = useMutation({
    mutationFn: ({ run }: { run: () => Promise<Article>; done: string; undo?: () => Promise<Article> }) =>
      run(),
    onSuccess: async (changed, { done, undo }) => {
      if (undo) undoable(done, () => undo().then(settle));
      else void message.success(done);
      await settle(changed);
    },
    onError: fail,
  });
  const { id, title } = article;
  const name = { name: title };
  const restore = () => api.restore(id);
  return {
    busy: acts.isPending,
    approve: (number: number) =>
      acts.mutate({ run: () => api.approve(id, number), done: t("article.approved", { number }) }),
    publish: (number: number) =>
      acts.mutate({ run: () => api.publish(id, number), done: t("article.publishedNow", name) }),
    discard: () =>
      acts.mutate({ run: () => api.discardDraft(id), done: t("article.discarded", name) }),
    retire: () =>
      acts.mutate({ run: () => api.retire(id), done: t("article.retired", name), undo: restore }),
    restore: () => acts.mutate({ run: restore, done: t("article.restored", name) }),
    giveOwner: (userId: string | null) => {
      const before = article.owner?.id ?? null;
      acts.mutate({
        run: () => api.giveOwner(id, userId),
        done: t("article.ownerChanged"),
        undo: () => api.giveOwner(id, before),
      });
    },
  };
}

export type ArticleActs = ReturnType<typeof useArticleActs>;
