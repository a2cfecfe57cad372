import { LockOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input, Segmented } from "antd";
import { useRef, useState } from "react";
import { commentTicket } from "../api/tickets";
import { useWords } from "../i18n/LanguageProvider";
import { useFailureText } from "../ui/useFailureText";
import { useDraft } from "../ui/useStored";

type Audience = "internal" | "public";

/** A line for the history: for colleagues, or one that the customer may read. */
export function CommentBox({ number }: { number: string }) {
  const { t } = useWords();
  const client = useQueryClient();
  const failureText = useFailureText();
  const [text, setText] = useDraft(`ticket.${number}`);
  const [audience, setAudience] = useState<Audience>("internal");
  const key = useRef(crypto.randomUUID());
  const add = useMutation({
    mutationFn: () => commentTicket(number, text.trim(), audience === "public", key.current),
    onSuccess: async () => {
      key.current = crypto.randomUUID();
      setText("");
      await client.invalidateQueries({ queryKey: ["tickets", number] });
    },
  });
  const submit = () => text.trim() && !add.isPending && add.mutate();
  return (
    <div className={`comment-box comment-${audience}`}>
      <Input.TextArea
        variant="borderless"
        autoSize={{ minRows: 2, maxRows: 10 }}
        maxLength={10_000}
        value={text}
        aria-label={t("ticket.comment")}
        placeholder={t(audience === "public" ? "ticket.commentPublic" : "ticket.commentInternal")}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || !(event.ctrlKey || event.metaKey)) return;
          if (event.key === "Enter") submit();
        }}
      />
      {add.isError && (
        <p className="form-error" role="alert">
          {failureText(add.error)}
        </p>
      )}
      <div className="comment-foot">
        <Segmented<Audience>
          size="small"
          aria-label={t("ticket.audience")}
          value={audience}
          onChange={setAudience}
          options={[
            { value: "internal", label: t("ticket.internal"), icon: <LockOutlined /> },
            { value: "public", label: t("ticket.public") },
          ]}
        />
        <Button type="primary" disabled={!text.trim()} loading={add.isPending} onClick={submit}>
          {t("ticket.addComment")}
        </Button>
      </div>
    </div>
  );
}
