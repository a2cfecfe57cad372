import { LockOutlined } from "@ant-design/icons";
import { Link } from "react-router";
import { useColleagues } from "../app/presence";
import type { TicketEvent } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { valueText } from "../ui/AuditChanges";
import { Timeline } from "../ui/Timeline";
import type { TimelineEntry } from "../ui/Timeline";

/** What has happened to a ticket and to those that went into it, the latest first. */
export function TicketTimeline({ events }: { events: TicketEvent[] }) {
  const actorName = useActorName();
  const entries = [...events].reverse().map((event): TimelineEntry => {
    const inner = event.kind === "comment" && !event.public;
    return {
      key: `${event.ticket ?? ""}-${event.seq}`,
      at: event.created_at,
      kind: event.kind,
      actor: actorName(event.actor),
      internal: inner,
      title: <EventTitle event={event} inner={inner} />,
      body: (
        <>
          <EventDetail event={event} />
          {event.text && <p className="plain">{event.text}</p>}
        </>
      ),
    };
  });
  return <Timeline entries={entries} />;
}

function EventTitle({ event, inner }: { event: TicketEvent; inner: boolean }) {
  const { t } = useWords();
  return (
    <>
      {t.label("ticketEvent", event.kind)}
      {event.kind === "comment" && (
        <span className="timeline-audience">
          {inner ? (
            <>
              <LockOutlined /> {t("ticket.internal")}
            </>
          ) : (
            t("ticket.public")
          )}
        </span>
      )}
      {event.ticket && (
        <Link to={`/tickets/${encodeURIComponent(event.ticket)}`} className="figures">
          {event.ticket}
        </Link>
      )}
    </>
  );
}

const pair = (value: unknown): [unknown, unknown] | null =>
  Array.isArray(value) && value.length === 2 ? [value[0], value[1]] : null;

/** What an event is about, beside its text: fields before and after, tags, another record. */
function EventDetail({ event }: { event: TicketEvent }) {
  const { t } = useWords();
  const data = event.data as Record<string, unknown>;
  const word = (name: string) => (typeof data[name] === "string" ? data[name] : "");
  if (event.kind === "tagged") {
    const list = (name: string) => (Array.isArray(data[name]) ? data[name].join(", ") : "");
    const [on, off] = [list("add"), list("remove")];
    return (
      <p className="quiet">
        {[on && t("ticket.tagsOn", { tags: on }), off && t("ticket.tagsOff", { tags: off })]
          .filter(Boolean)
          .join(" · ")}
      </p>
    );
  }
  if (event.kind === "visit") {
    const number = word("work_order");
    return (
      <p className="quiet">
        <Link to={`/visits/${encodeURIComponent(number)}`} className="figures">
          {number}
        </Link>{" "}
        {t.label("visitWhat", word("what"))}
      </p>
    );
  }
  if (event.kind === "attached") return <p className="quiet">{word("name")}</p>;
  const other = word("number") || word("into") || word("from") || word("target");
  if (OTHERS.has(event.kind) && other) {
    return (
      <Link to={`/tickets/${encodeURIComponent(other)}`} className="figures">
        {other}
      </Link>
    );
  }
  return <Changes data={data} />;
}

/** Events that name another ticket. */
const OTHERS = new Set([
  "merged", "merged_in", "unmerged", "unmerged_out", "split", "child", "linked", "unlinked", "followed",
]);

/** Who acted: a person is written by name, others as `user:<id>`, `contact:<id>` or a role. */
function useActorName(): (actor: string) => string {
  const { t } = useWords();
  const colleagues = useColleagues();
  return (actor) => {
    const [kind = "", id = ""] = actor.split(":");
    if (kind === "contact") return t("author.customer");
    if (kind === "user") return colleagues.find((one) => one.id === id)?.name ?? t("author.agent");
    return t.label("actor", actor);
  };
}

const FIELD_LABELS: Record<string, string> = { assignee_id: "assignee", state: "state" };
const CODED: Record<string, string> = {
  state: "ticketState", priority: "priority", type: "type", cause: "cause",
};

/** Before and after of every field that an event has changed. */
function Changes({ data }: { data: Record<string, unknown> }) {
  const { t } = useWords();
  const colleagues = useColleagues();
  const names = (data.names ?? {}) as Record<string, string>;
  const shown = (field: string, value: unknown): string => {
    if (value === null || value === undefined || value === "") return t("state.none");
    const named = names[String(value)];
    if (named) return named;
    if (field === "assignee_id") {
      return colleagues.find((one) => one.id === value)?.name ?? String(value);
    }
    if (typeof value === "object") return valueText(value);
    const group = CODED[field];
    return group ? t.label(group, String(value)) : String(value);
  };
  const changes = Object.entries(data).flatMap(([field, value]) => {
    const both = pair(value);
    return both ? [{ field, before: both[0], after: both[1] }] : [];
  });
  if (changes.length === 0) return null;
  return (
    <ul className="changes">
      {changes.map(({ field, before, after }) => (
        <li key={field}>
          <span>{t.label("ticket", FIELD_LABELS[field] ?? field)}</span> <del>{shown(field, before)}</del>{" "}
          → <ins>{shown(field, after)}</ins>
        </li>
      ))}
    </ul>
  );
}
