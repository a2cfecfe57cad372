import { NavLink } from "react-router";
import { useMe } from "../app/session";
import type { Box, ConversationSummary } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { LanguageTag } from "../ui/LanguageTag";
import { Spark } from "../ui/Spark";
import { ChannelIcon } from "./ChannelIcon";
import { WaitTag } from "./WaitTag";

interface Props {
  line: ConversationSummary;
  box: Box;
  now: number;
  selected: boolean;
}

export function useContactName(): (one: { contact_name: string; customer_name: string }) => string {
  const { t } = useWords();
  return (one) => one.contact_name || one.customer_name || t("inbox.visitor");
}

export function ConversationLine({ line, box, now, selected }: Props) {
  const { t, f } = useWords();
  const nameOf = useContactName();
  return (
    <li>
      <NavLink
        to={`/inbox/${box}/${line.id}`}
        className={line.unread > 0 ? "line line-unread" : "line"}
        aria-current={selected ? "page" : undefined}
      >
        <ChannelIcon channel={line.channel} />
        <span className="line-body">
          <span className="line-top">
            <strong>{nameOf(line)}</strong>
            <LanguageTag code={line.language} />
            <time dateTime={line.last_message_at}>{f.ago(line.last_message_at, now)}</time>
          </span>
          <span className="line-middle">
            <span className="line-snippet">{line.snippet || line.subject}</span>
            {line.unread > 0 && (
              <b className="line-count" aria-label={t("inbox.unread", { count: line.unread })}>
                {line.unread > 99 ? "99+" : line.unread}
              </b>
            )}
          </span>
          <span className="line-bottom">
            {line.waiting_since && <WaitTag since={line.waiting_since} now={now} />}
            <Owner line={line} />
            {line.handoff_reason && line.owner !== "bot" && (
              <span className="line-reason">{t.label("handoff", line.handoff_reason)}</span>
            )}
            {line.contact_name && line.customer_name && (
              <span className="line-customer">{line.customer_name}</span>
            )}
          </span>
        </span>
      </NavLink>
    </li>
  );
}

function Owner({ line }: { line: ConversationSummary }) {
  const { t } = useWords();
  const me = useMe();
  if (line.state === "closed") {
    return line.rating ? <span className="line-owner">{"★".repeat(line.rating)}</span> : null;
  }
  if (line.owner === "bot") {
    return (
      <span className="line-owner line-owner-bot">
        <Spark /> {t("owner.bot")}
      </span>
    );
  }
  if (line.owner === "queue") return null;
  const mine = line.owner_user_id === me.id;
  return <span className="line-owner">{mine ? t("owner.me") : line.owner_name}</span>;
}
