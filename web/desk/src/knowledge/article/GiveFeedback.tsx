import { DislikeOutlined, LikeOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input } from "antd";
import { useState } from "react";
import { giveFeedback } from "../../api/knowledgeLearning";
import type { Article } from "../../api/knowledgeTypes";
import { useWords } from "../../i18n/LanguageProvider";
import { useFailure } from "../../ui/useFailureText";

/** A colleague says whether the article helped, and what is missing when it did not. */
export function GiveFeedback({ article }: { article: Article }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const client = useQueryClient();
  const { fail } = useFailure();
  const [telling, setTelling] = useState(false);
  const [reason, setReason] = useState("");
  const give = useMutation({
    mutationFn: (helpful: boolean) =>
      giveFeedback({
        document: article.key,
        lang: article.lang,
        helpful,
        reason: helpful ? "" : reason.trim(),
      }),
    onSuccess: async () => {
      setTelling(false);
      setReason("");
      void message.success(t("feedback.thanks"));
      await client.invalidateQueries({ queryKey: ["knowledge", "feedback", article.id] });
    },
    onError: fail,
  });
  if (article.state !== "published") return null;
  return (
    <div className="feedback-give">
      <Button
        size="small"
        icon={<LikeOutlined />}
        disabled={give.isPending}
        onClick={() => give.mutate(true)}
      >
        {t("feedback.helpful")}
      </Button>
      <Button
        size="small"
        icon={<DislikeOutlined />}
        disabled={give.isPending}
        aria-expanded={telling}
        onClick={() => setTelling(!telling)}
      >
        {t("feedback.notHelpful")}
      </Button>
      {telling && (
        <>
          <Input.TextArea
            autoFocus
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={2000}
            value={reason}
            aria-label={t("feedback.missing")}
            placeholder={t("feedback.missing")}
            onChange={(event) => setReason(event.target.value)}
          />
          <Button size="small" type="primary" loading={give.isPending} onClick={() => give.mutate(false)}>
            {t("feedback.send")}
          </Button>
        </>
      )}
    </div>
  );
}
