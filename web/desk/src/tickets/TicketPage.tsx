import { useParams } from "react-router";
import { useMay } from "../app/session";
import type { TicketFile } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import { CommentBox } from "./CommentBox";
import { EditableText } from "./EditableText";
import { MoveMenu } from "./MoveMenu";
import { PriorityTag, StateTag } from "./Tags";
import { TicketFacts } from "./TicketFacts";
import { TicketRelated } from "./TicketRelated";
import { TicketTimeline } from "./TicketTimeline";
import { useTicketActs, useTicketFile } from "./useTicket";
import "../styles/tickets.css";

/** A ticket: what and in which state, facts left, history middle, what it is about right. */
export default function TicketPage() {
  const { number = "" } = useParams();
  const file = useTicketFile(number);
  if (file.isPending) return <PageSkeleton />;
  if (!file.data) return <ErrorState error={file.error} retry={() => file.refetch()} />;
  return <Shown key={number} file={file.data} />;
}

function Shown({ file }: { file: TicketFile }) {
  const { t } = useWords();
  const { ticket } = file;
  const mayWrite = useMay("tickets:write");
  const acts = useTicketActs(ticket);
  return (
    <div className="page page-record">
      <PageHead
        back={{ to: "/tickets", label: t("nav.tickets") }}
        title={
          <EditableText
            label={t("ticket.title")}
            value={ticket.title}
            maxLength={300}
            required
            onSave={mayWrite ? (title) => acts.change({ title }, { title: ticket.title }) : undefined}
          />
        }
        sub={
          <>
            <span className="figures">{ticket.number}</span>
            <StateTag state={ticket.state} />
            <PriorityTag priority={ticket.priority} />
          </>
        }
      >
        {mayWrite && <MoveMenu ticket={ticket} busy={acts.busy} onMove={acts.move} />}
      </PageHead>
      <div className="record">
        <aside className="record-facts" aria-label={t("ticket.facts")}>
          <TicketFacts ticket={ticket} change={mayWrite ? acts.change : undefined} />
        </aside>
        <section className="record-main" aria-label={t("ticket.history")}>
          <h2>{t("ticket.description")}</h2>
          <EditableText
            multiline
            label={t("ticket.description")}
            value={ticket.description}
            maxLength={20_000}
            onSave={
              mayWrite
                ? (description) => acts.change({ description }, { description: ticket.description })
                : undefined
            }
          />
          <h2>{t("ticket.history")}</h2>
          {mayWrite && <CommentBox number={ticket.number} />}
          <TicketTimeline events={file.history} />
        </section>
        <aside className="record-related" aria-label={t("ticket.related")}>
          <TicketRelated file={file} />
        </aside>
      </div>
    </div>
  );
}
