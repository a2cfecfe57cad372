import { Link } from "react-router";
import type { Ticket } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { PriorityTag, StateTag } from "./Tags";

/** Tickets as short lines, for the side of other pages. */
export function TicketLinks({ tickets }: { tickets: Ticket[] }) {
  const { f } = useWords();
  return (
    <ul className="ticket-links">
      {tickets.map((ticket) => (
        <li key={ticket.number}>
          <Link to={`/tickets/${encodeURIComponent(ticket.number)}`}>
            <span className="ticket-links-title">{ticket.title}</span>
            <span className="ticket-links-facts">
              <StateTag state={ticket.state} />
              <PriorityTag priority={ticket.priority} />
              <span className="figures">{ticket.number}</span>
              <time dateTime={ticket.created_at}>{f.date(ticket.created_at)}</time>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
