import { LockOutlined } from "@ant-design/icons";
import { useColleagues } from "../app/presence";
import type { TicketEvent } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";

/** What has happened to a ticket, the latest first. */
export function TicketTimeline({ events }: { events: TicketEvent[] }) {
  return (
    <ol className="timeline">
      {[...events].reverse().map((event) => (
        <TimelineLine key={event.seq} event={event} />
      ))}
    </ol>
  );
}

const pair = (value: unknown): [unknown, unknown] | null =>
  Array.isArray(value) && value.length === 2 ? [value[0], value[1]] : null;

function TimelineLine({ event }: { event: TicketEvent }) {
  const { t, f } = useWords();
  const inner = event.kind === "comment" && !event.public;
  const actorName = useActorName();
  return (
    <li className={inner ? "timeline-line timeline-internal" : "timeline-line"} data-kind={event.kind}>
      <header>
        <strong>{actorName(event.actor)}</strong>
        <span>{t.label("ticketEvent", event.kind)}</span>
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
        <time dateTime={event.created_at}>{f.dateTime(event.created_at)}</time>
      </header>
      <Changes data={event.data} />
      {event.text && <p className="plain">{event.text}</p>}
    </li>
  );
}

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
const CODED: Record<string, string> = { state: "ticketState", priority: "priority", type: "type" };

/** Before and after of every field that an event has changed. */
function Changes({ data }: { data: Record<string, unknown> }) {
  const { t } = useWords();
  const colleagues = useColleagues();
  const shown = (field: string, value: unknown): string => {
    if (value === null || value === undefined || value === "") return t("state.none");
    if (field === "assignee_id") {
      return colleagues.find((one) => one.id === value)?.name ?? String(value);
    }
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
