import { Link } from "react-router";
import type { Visit } from "../api/visits";
import { useWords } from "../i18n/LanguageProvider";
import { Section } from "../ui/Facts";
import { VisitState } from "./VisitState";
import { WindowText } from "./WindowText";
import "../styles/visits.css";

/** Visits as short lines, for the side of other pages; nothing where there are none. */
export function VisitsOfTicket({ visits }: { visits: Visit[] }) {
  const { t } = useWords();
  if (visits.length === 0) return null;
  return (
    <Section title={t("visit.ofTicket", { count: visits.length })}>
      <ul className="ticket-links">
        {visits.map((visit) => (
          <li key={visit.number}>
            <Link to={`/visits/${encodeURIComponent(visit.number)}`}>
              <span className="ticket-links-title">
                <WindowText window={visit.window} />
              </span>
              <span className="ticket-links-facts">
                <VisitState state={visit.state} result={visit.result} />
                <span className="figures">{visit.number}</span>
                <span>{visit.engineer || t("visit.noEngineer")}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
