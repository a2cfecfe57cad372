import { useMemo } from "react";
import { Link } from "react-router";
import { feedback } from "../api/feedback";
import type { Feedback } from "../api/feedback";
import { useWords } from "../i18n/LanguageProvider";
import { LanguageTag } from "../ui/LanguageTag";
import { ListPage } from "../ui/ListPage";
import { WhenText } from "../ui/WhenText";
import type { ListFilter, Preset, ServerColumn } from "../ui/listShape";
import { useEngineers } from "../visits/useEngineers";
import { FeedbackTabs } from "./FeedbackTabs";
import { Csat, Nps, ReasonTags } from "./bits";
import "../styles/feedback.css";

const CHANNELS = ["web", "email", "phone", "wechat", "qr"];
const ticketPath = (number: string): string => `/tickets/${encodeURIComponent(number)}`;

/** What customers said, the newest first. */
export default function AnswersPage() {
  const { t } = useWords();
  const engineers = useEngineers();
  const columns = useColumns();
  const filters: ListFilter[] = [
    { kind: "flag", name: "low", label: t("feedback.low"), main: true },
    { kind: "flag", name: "negative", label: t("feedback.negative"), main: true },
    {
      kind: "one",
      name: "channel",
      label: t("feedback.channel"),
      options: CHANNELS.map((value) => ({ value, label: t.label("channel", value) })),
    },
    { kind: "one", name: "engineer", label: t("ticket.engineer"), options: engineers },
    { kind: "text", name: "model", label: t("fault.model") },
    { kind: "day", name: "since", label: t("feedback.since") },
    { kind: "day", name: "until", label: t("feedback.until") },
  ];
  const presets: Preset[] = [
    { key: "all", label: t("tickets.all"), query: { filters: {} } },
    { key: "low", label: t("feedback.low"), query: { filters: { low: ["true"] } } },
    { key: "negative", label: t("feedback.negative"), query: { filters: { negative: ["true"] } } },
  ];
  return (
    <ListPage<Feedback>
      subject="feedback"
      title={t("nav.feedback")}
      search={t("feedback.search")}
      empty={{ title: t("feedback.empty"), hint: t("feedback.emptyHint") }}
      columns={columns}
      filters={filters}
      presets={presets}
      exportKind="feedback"
      ask={askFeedback}
      fetch={feedback}
      rowKey={(one) => one.id}
      pathOf={(one) => ticketPath(one.ticket)}
      card={(one) => (
        <>
          <span className="row-card-facts">
            <Csat score={one.csat} />
            <Nps score={one.nps} />
            <WhenText at={one.answered_at} relative />
          </span>
          <strong>{one.contact_name || one.customer_name}</strong>
          {one.comment && <span>{one.comment}</span>}
          <ReasonTags codes={one.reasons} />
        </>
      )}
      above={<FeedbackTabs />}
    />
  );
}

/** Days become instants when the list is asked; the last day counts whole. */
export function askFeedback(query: Record<string, unknown>) {
  const { since, until, sort: _, ...rest } = query as Record<string, string | string[] | undefined>;
  const first = [since].flat()[0];
  const last = [until].flat()[0];
  return {
    ...rest,
    since: first ? new Date(`${first}T00:00:00`).toISOString() : undefined,
    until: last ? new Date(new Date(`${last}T00:00:00`).getTime() + 86_400_000).toISOString() : undefined,
  };
}

function useColumns(): ServerColumn<Feedback>[] {
  const { t } = useWords();
  return useMemo(
    () => [
      { key: "at", title: t("feedback.at"), width: 130, render: (one) => <WhenText at={one.answered_at} relative /> },
      { key: "csat", title: t("feedback.csat"), width: 110, render: (one) => <Csat score={one.csat} /> },
      { key: "nps", title: t("feedback.nps"), width: 80, render: (one) => <Nps score={one.nps} /> },
      {
        key: "comment",
        title: t("feedback.comment"),
        render: (one) => (
          <span className="said">
            {one.comment && (
              <span lang={one.language}>
                {one.comment} <LanguageTag code={one.language} />
              </span>
            )}
            <ReasonTags codes={one.reasons} />
            {one.mood !== null && one.mood !== undefined && one.mood <= -1 && (
              <span className="tag tag-ai">{t("feedback.soundsNegative")}</span>
            )}
          </span>
        ),
      },
      {
        key: "who",
        title: t("feedback.who"),
        width: 180,
        render: (one) => (
          <span className="two-lines">
            <span>{one.contact_name}</span>
            {one.customer_id && <Link to={`/customers/${one.customer_id}`}>{one.customer_name}</Link>}
          </span>
        ),
      },
      {
        key: "ticket",
        title: t("feedback.ticket"),
        width: 190,
        render: (one) => (
          <span className="two-lines">
            <Link to={ticketPath(one.ticket)} className="figures">
              {one.ticket}
            </Link>
            <small className="quiet">{one.ticket_title}</small>
          </span>
        ),
      },
      { key: "engineer", title: t("ticket.engineer"), width: 110, render: (one) => one.engineer_name || one.engineer },
      { key: "model", title: t("fault.model"), width: 100, render: (one) => one.model },
      {
        key: "after",
        title: t("feedback.after"),
        width: 130,
        render: (one) =>
          one.case ? (
            <Link to={ticketPath(one.case)} className="figures">
              {one.case}
            </Link>
          ) : (
            one.callback_state && (
              <Link to="/feedback/callbacks">{t.label("callbackState", one.callback_state)}</Link>
            )
          ),
      },
    ],
    [t],
  );
}
