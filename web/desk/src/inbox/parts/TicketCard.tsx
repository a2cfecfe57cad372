import { Link } from "react-router";
import type { Part } from "../../api/types";
import { useWords } from "../../i18n/LanguageProvider";

/** A ticket as the customer saw it at that moment, with its progress line. */
export function TicketCard({ card }: { card: Extract<Part, { kind: "ticket" }> }) {
  const { f } = useWords();
  const progress = card.progress ?? [];
  return (
    <div className="card">
      <header>
        <Link to={`/tickets/${encodeURIComponent(card.number)}`}>{card.number}</Link>
        <span>{card.state_label}</span>
      </header>
      <p>{card.title}</p>
      {progress.length > 0 && (
        <ol className="progress">
          {progress.map((label, index) => (
            <li key={label} data-reached={index <= card.reached}>
              {label}
            </li>
          ))}
        </ol>
      )}
      {card.updated_at && <small>{f.dateTime(card.updated_at)}</small>}
    </div>
  );
}
