import { CalendarOutlined } from "@ant-design/icons";
import { Alert, Button, Segmented } from "antd";
import { Suspense, lazy, useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useMay } from "../app/session";
import type { TicketFile } from "../api/types";
import { OwnFacts } from "../customise/OwnFacts";
import type { OwnForm, OwnValues } from "../api/customise";
import { useWords } from "../i18n/LanguageProvider";
import { DetailPage } from "../ui/DetailPage";
import { DueTag } from "../ui/DueTag";
import { ErrorState } from "../ui/ErrorState";
import { PageSkeleton } from "../ui/Skeletons";
import { AuditTrail } from "./AuditTrail";
import { CommentBox } from "./CommentBox";
import { EditableText } from "./EditableText";
import { MoveMenu } from "./MoveMenu";
import { Papers } from "./Papers";
import { PriorityTag, StateTag } from "./Tags";
import { TicketFacts } from "./TicketFacts";
import { TicketRelated } from "./TicketRelated";
import { TicketTags } from "./TicketTags";
import { TicketTimeline } from "./TicketTimeline";
import { TypeFields } from "./TypeFields";
import { TicketMenu } from "./acts/TicketMenu";
import { fieldName } from "./fieldName";
import { OPEN_STATES } from "./terms";
import { useTicketActs, useTicketFile } from "./useTicket";
import "../styles/tickets.css";

const AssignButton = lazy(async () => ({ default: (await import("../dispatch/AssignButton")).AssignButton }));
const PlanVisitDrawer = lazy(() => import("../visits/PlanVisitDrawer"));

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
  const go = useNavigate();
  const { ticket } = file;
  const writes = useMay("tickets:write");
  const mayWrite = writes && ticket.state !== "merged";
  const mayPlan = useMay("work:write");
  const [planning, setPlanning] = useState(false);
  const acts = useTicketActs(ticket);
  const open = OPEN_STATES.some((one) => one === ticket.state);
  return (
    <DetailPage
      back={{ to: "/tickets", label: t("nav.tickets") }}
      label={t("ticket.history")}
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
          <DueTag due={ticket.due} />
          <TicketTags ticket={ticket} mayWrite={mayWrite} />
        </>
      }
      acts={
        <>
          {writes && <TicketMenu file={file} />}
          {mayPlan && open && (
            <Suspense fallback={null}>
              <AssignButton
                ticket={ticket.number}
                onPlaced={(visit) => void go(`/visits/${encodeURIComponent(visit)}`)}
              />
            </Suspense>
          )}
          {mayPlan && open && (
            <Button icon={<CalendarOutlined />} onClick={() => setPlanning(true)}>
              {t("visit.plan")}
            </Button>
          )}
          {mayWrite && <MoveMenu ticket={ticket} busy={acts.busy} onMove={acts.move} />}
        </>
      }
      banner={<Banner file={file} />}
      facts={
        <>
          <TicketFacts ticket={ticket} change={mayWrite ? acts.change : undefined} />
          <TypeFields ticket={ticket} change={mayWrite ? acts.change : undefined} />
          <OwnFacts
            subject="ticket"
            values={ticket.custom as OwnValues}
            form={file.form as OwnForm}
            save={
              mayWrite
                ? (custom, back) => acts.change({ custom }, { custom: back })
                : undefined
            }
          />
        </>
      }
      related={<TicketRelated file={file} mayWrite={mayWrite} />}
    >
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
      <Outcome file={file} />
      <h2>{t("ticket.files")}</h2>
      <Papers number={ticket.number} papers={file.attachments ?? []} mayWrite={mayWrite} />
      <History file={file} mayWrite={mayWrite} />
      {planning && (
        <Suspense fallback={null}>
          <PlanVisitDrawer ticket={ticket} close={() => setPlanning(false)} />
        </Suspense>
      )}
    </DetailPage>
  );
}

/** What binds the whole ticket: it went into another, or cannot be resolved yet. */
function Banner({ file: { ticket } }: { file: TicketFile }) {
  const { t } = useWords();
  if (ticket.merged_into) {
    return (
      <Alert
        type="info"
        showIcon
        title={
          <>
            {t("ticket.mergedInto")}{" "}
            <Link to={`/tickets/${encodeURIComponent(ticket.merged_into)}`} className="figures">
              {ticket.merged_into}
            </Link>
          </>
        }
      />
    );
  }
  const missing = ticket.missing ?? [];
  const open = OPEN_STATES.some((one) => one === ticket.state);
  if (!open || missing.length === 0) return null;
  const fields = missing.map((one) => fieldName(one, t)).join(", ");
  return <Alert type="warning" showIcon title={t("ticket.missing", { fields })} />;
}

/** What helped, whose word there is that it works, and whether it has held since. */
function Outcome({ file: { ticket } }: { file: TicketFile }) {
  const { t, f } = useWords();
  if (!ticket.resolution && !ticket.confirmed_at) return null;
  const holds = ticket.durable === true ? "yes" : ticket.durable === false ? "no" : "waiting";
  return (
    <>
      <h2>{t("ticket.resolution")}</h2>
      {ticket.resolution && <p className="plain">{ticket.resolution}</p>}
      <p className="quiet">
        {[
          ticket.cause && `${t("ticket.cause")}: ${t.label("cause", ticket.cause)}`,
          ticket.confirmed_at &&
            t("ticket.confirmed", {
              by: t.label("confirmedBy", ticket.confirmed_by ?? ""),
              date: f.dateTime(ticket.confirmed_at),
            }),
          ticket.confirmed_at && t.label("durable", holds),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
    </>
  );
}

/** Two looks at the past: what was said and done, and every stored value before and after. */
function History({ file, mayWrite }: { file: TicketFile; mayWrite: boolean }) {
  const { t } = useWords();
  const mayAudit = useMay("audit:read");
  const [look, setLook] = useState("history");
  return (
    <>
      <div className="history-head">
        <h2>{t("ticket.history")}</h2>
        {mayAudit && (
          <Segmented
            size="small"
            aria-label={t("ticket.history")}
            value={look}
            onChange={setLook}
            options={["history", "audit"].map((value) => ({ value, label: t.label("ticketLook", value) }))}
          />
        )}
      </div>
      {look === "audit" ? (
        <AuditTrail number={file.ticket.number} />
      ) : (
        <>
          {mayWrite && <CommentBox number={file.ticket.number} />}
          <TicketTimeline events={file.history} />
        </>
      )}
    </>
  );
}
