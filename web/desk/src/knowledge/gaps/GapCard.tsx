import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { dismissGap, draftFromGap, reopenGap } from "../../api/knowledgeLearning";
import type { Gap } from "../../api/knowledgeTypes";
import { useMay } from "../../app/session";
import { useWords } from "../../i18n/LanguageProvider";
import { LanguageTag } from "../../ui/LanguageTag";
import { useFailure } from "../../ui/useFailureText";
import { useUndo } from "../../ui/useUndo";
import { articlePath } from "../terms";
import { DismissGap } from "./DismissGap";
import { askedIn } from "./gaps";

/** A question without an answer: how often, by whom, and what to do about it. */
export function GapCard({ gap }: { gap: Gap }) {
  const { t, f } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <li className="card">
      <div className="card-text">
        <strong lang={gap.lang} dir="auto">
          {gap.question}
        </strong>
        <span className="article-facts">
          <span className="asked">{t("gaps.asked", { count: gap.count })}</span>
          {gap.persons > 0 && <span>{t("gaps.persons", { count: gap.persons })}</span>}
          {askedIn(gap).map((code) => (
            <span key={code} className="nowrap">
              <LanguageTag code={code} /> {gap.languages[code]}
            </span>
          ))}
          {gap.models.map((model) => (
            <span key={model} className="tag">
              {model}
            </span>
          ))}
          <span>{t("gaps.between", { first: f.date(gap.first_at), last: f.ago(gap.last_at) })}</span>
          {gap.examples.length > 0 && (
            <Button type="link" size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
              {t("gaps.examples", { count: gap.examples.length })}
            </Button>
          )}
        </span>
        {gap.state === "dismissed" && gap.reason && <p className="quiet">{gap.reason}</p>}
        {open && <Examples gap={gap} />}
      </div>
      <GapActs gap={gap} />
    </li>
  );
}

function Examples({ gap }: { gap: Gap }) {
  const { t, f } = useWords();
  const mayRead = useMay("conversations:read");
  return (
    <ul className="examples">
      {gap.examples.map((one, index) => (
        <li key={index}>
          <span lang={one.lang} dir="auto">
            {one.text}
          </span>
          <small className="quiet">
            <time dateTime={one.at}>{f.dateTime(one.at)}</time>{" "}
            {one.conversation_id && mayRead && (
              <Link to={`/inbox/all/${one.conversation_id}`}>{t("ticket.openConversation")}</Link>
            )}
          </small>
        </li>
      ))}
    </ul>
  );
}

function GapActs({ gap }: { gap: Gap }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { fail } = useFailure();
  const undoable = useUndo();
  const mayWrite = useMay("knowledge:write");
  const refresh = () => client.invalidateQueries({ queryKey: ["knowledge", "gaps"] });
  const write = useMutation({
    mutationFn: () => draftFromGap(gap.id),
    onSuccess: async (made) => {
      await refresh();
      void navigate(articlePath(made.id, "edit"));
    },
    onError: fail,
  });
  const dismiss = useMutation({
    mutationFn: (reason: string) => dismissGap(gap.id, reason),
    onSuccess: async () => {
      undoable(t("gaps.dismissed"), () => reopenGap(gap.id).then(refresh));
      await refresh();
    },
    onError: fail,
  });
  const reopen = useMutation({
    mutationFn: () => reopenGap(gap.id),
    onSuccess: refresh,
    onError: fail,
  });
  return (
    <div className="card-acts">
      {gap.article_id && <Link to={articlePath(gap.article_id)}>{t("gaps.toArticle")}</Link>}
      {mayWrite && gap.state === "open" && (
        <>
          {!gap.article_id && (
            <Button type="primary" loading={write.isPending} onClick={() => write.mutate()}>
              {t("gaps.write")}
            </Button>
          )}
          <DismissGap question={gap.question} busy={dismiss.isPending} onDismiss={dismiss.mutate} />
        </>
      )}
      {mayWrite && gap.state === "dismissed" && (
        <Button loading={reopen.isPending} onClick={() => reopen.mutate()}>
          {t("gaps.reopen")}
        </Button>
      )}
    </div>
  );
}
