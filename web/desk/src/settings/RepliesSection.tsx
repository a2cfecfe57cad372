import { DeleteOutlined, EditOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { useMay } from "../app/session";
import { deleteReply, saveReply, savedReplies } from "../api/team";
import type { SavedReply } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { LanguageTag } from "../ui/LanguageTag";
import { LinesSkeleton } from "../ui/Skeletons";
import { useFailure } from "../ui/useFailureText";
import { useUndo } from "../ui/useUndo";
import { ReplyForm } from "./ReplyForm";

/** Texts that agents insert by a shortcut. */
export function RepliesSection() {
  const { t } = useWords();
  const client = useQueryClient();
  const { fail } = useFailure();
  const undoable = useUndo();
  const mayWrite = useMay("conversations:write");
  const [editing, setEditing] = useState<SavedReply | "new">();
  const [search, setSearch] = useState("");
  const list = useQuery({ queryKey: ["saved-replies"], queryFn: savedReplies });
  const refresh = () => client.invalidateQueries({ queryKey: ["saved-replies"] });
  const remove = useMutation({
    mutationFn: (reply: SavedReply) => deleteReply(reply.id),
    onSuccess: async ({ shortcut, language, title, text }) => {
      undoable(t("replies.deleted", { name: title }), () =>
        saveReply({ shortcut, language, title, text }).then(refresh),
      );
      await refresh();
    },
    onError: fail,
  });
  if (list.isPending) return <LinesSkeleton />;
  if (!list.data) return <ErrorState error={list.error} retry={() => list.refetch()} />;
  const wanted = search.trim().toLowerCase();
  const shown = list.data.filter((one) =>
    `${one.shortcut} ${one.title} ${one.text}`.toLowerCase().includes(wanted),
  );
  return (
    <div className="settings">
      <div className="filters">
        <Input
          allowClear
          className="filter-search"
          value={search}
          aria-label={t("replies.search")}
          placeholder={t("replies.search")}
          onChange={(event) => setSearch(event.target.value)}
        />
        {mayWrite && (
          <Button type="primary" onClick={() => setEditing("new")}>
            {t("replies.add")}
          </Button>
        )}
      </div>
      {editing && (
        <ReplyForm
          key={editing === "new" ? "new" : editing.id}
          reply={editing === "new" ? undefined : editing}
          onDone={() => {
            setEditing(undefined);
            void refresh();
          }}
        />
      )}
      {shown.length === 0 && (
        <EmptyState
          title={wanted ? t("state.noMatch") : t("replies.empty")}
          hint={wanted ? t("state.noMatchHint") : t("replies.emptyHint")}
        />
      )}
      <ul className="rows">
        {shown.map((reply) => (
          <li key={reply.id}>
            <span className="row-text">
              <strong>
                {reply.title} <code>/{reply.shortcut}</code> <LanguageTag code={reply.language} />
              </strong>
              <small className="row-excerpt">{reply.text}</small>
            </span>
            {mayWrite && (
              <>
                <Button
                  type="text"
                  icon={<EditOutlined />}
                  aria-label={t("act.edit", { name: reply.title })}
                  onClick={() => setEditing(reply)}
                />
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t("act.remove", { name: reply.title })}
                  onClick={() => remove.mutate(reply)}
                />
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
