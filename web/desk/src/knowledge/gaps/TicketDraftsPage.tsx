import { SearchOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Checkbox, Input } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { draftFromTicket, ticketDrafts } from "../../api/knowledgeLearning";
import type { TicketDraft } from "../../api/knowledgeTypes";
import { useMay } from "../../app/session";
import { useWords } from "../../i18n/LanguageProvider";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { PageHead } from "../../ui/PageHead";
import { LinesSkeleton } from "../../ui/Skeletons";
import { useFailure } from "../../ui/useFailureText";
import { KnowledgeTabs } from "../KnowledgeTabs";
import { articlePath } from "../terms";
import "../../styles/knowledge.css";

const STEP = 50;

/** Tickets that were solved, to make articles of what solved them. */
export default function TicketDraftsPage() {
  const { t } = useWords();
  const [q, setQ] = useState("");
  const [most, setMost] = useState(STEP);
  const [used, setUsed] = useState(false);
  const list = useQuery({
    queryKey: ["knowledge", "ticketDrafts", used],
    queryFn: () => ticketDrafts(used),
  });
  const wanted = q.trim().toLowerCase();
  const found = (list.data ?? []).filter((one) =>
    [one.number, one.title, one.model, one.symptom, one.resolution]
      .join(" ")
      .toLowerCase()
      .includes(wanted),
  );
  return (
    <div className="page">
      <PageHead
        title={t("nav.knowledge")}
        sub={list.data && t("ticketDrafts.sub", { count: found.length })}
      />
      <KnowledgeTabs />
      <div className="filters">
        <Input
          allowClear
          className="filter-search"
          prefix={<SearchOutlined />}
          value={q}
          aria-label={t("ticketDrafts.search")}
          placeholder={t("ticketDrafts.search")}
          onChange={(event) => setQ(event.target.value)}
        />
        <Checkbox checked={used} onChange={(event) => setUsed(event.target.checked)}>
          {t("ticketDrafts.used")}
        </Checkbox>
      </div>
      {list.isPending && <LinesSkeleton />}
      {list.isError && !list.data && <ErrorState error={list.error} retry={() => list.refetch()} />}
      {list.data && found.length === 0 && (
        <EmptyState
          title={wanted ? t("state.noMatch") : t("ticketDrafts.none")}
          hint={wanted ? t("state.noMatchHint") : t("ticketDrafts.noneHint")}
        />
      )}
      <ul className="cards">
        {found.slice(0, most).map((one) => (
          <TicketCard key={one.number} ticket={one} />
        ))}
      </ul>
      {found.length > most && (
        <div className="more">
          <Button onClick={() => setMost(most + STEP)}>{t("act.more")}</Button>
        </div>
      )}
    </div>
  );
}

function TicketCard({ ticket }: { ticket: TicketDraft }) {
  const { t, f } = useWords();
  return (
    <li className="card">
      <div className="card-text">
        <strong dir="auto">{ticket.title}</strong>
        <span className="article-facts">
          <Link className="figures" to={`/tickets/${encodeURIComponent(ticket.number)}`}>
            {ticket.number}
          </Link>
          {ticket.model && <span className="tag">{ticket.model}</span>}
          {ticket.closed_at && (
            <time dateTime={ticket.closed_at}>
              {t("ticketDrafts.closed", { date: f.date(ticket.closed_at) })}
            </time>
          )}
        </span>
        <dl className="case">
          {ticket.symptom && (
            <div>
              <dt>{t("ticketDrafts.symptom")}</dt>
              <dd dir="auto">{ticket.symptom}</dd>
            </div>
          )}
          <div>
            <dt>{t("ticketDrafts.resolution")}</dt>
            <dd dir="auto">{ticket.resolution}</dd>
          </div>
        </dl>
      </div>
      <MakeDraft ticket={ticket} />
    </li>
  );
}

function MakeDraft({ ticket }: { ticket: TicketDraft }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { fail } = useFailure();
  const mayWrite = useMay("knowledge:write");
  const make = useMutation({
    mutationFn: () => draftFromTicket(ticket.number),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ["knowledge", "ticketDrafts"] });
      void navigate(articlePath(made.id, "edit"));
    },
    onError: fail,
  });
  return (
    <div className="card-acts">
      {ticket.article_id && <Link to={articlePath(ticket.article_id)}>{t("gaps.toArticle")}</Link>}
      {mayWrite && !ticket.article_id && (
        <Button loading={make.isPending} onClick={() => make.mutate()}>
          {t("ticketDrafts.make")}
        </Button>
      )}
    </div>
  );
}
