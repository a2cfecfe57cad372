import { Button } from "antd";
import { Link } from "react-router";
import type { Board, BoardEngineer, BoardVisit } from "../api/dispatch";
import { useWords } from "../i18n/LanguageProvider";
import { VisitState } from "../visits/VisitState";
import { STILL } from "./moving";

interface Props {
  board: Board;
  engineers: BoardEngineer[];
  mayMove: boolean;
  onMove: (visit: BoardVisit) => void;
}

/** The board of a phone: each engineer's visits as a list, moved by a button. */
export function DayLists({ board, engineers, mayMove, onMove }: Props) {
  const { t, f } = useWords();
  return (
    <div className="day-lists">
      {engineers.map((engineer) => {
        const visits = board.visits
          .filter((one) => one.engineer === engineer.code)
          .sort((a, b) => a.start.localeCompare(b.start));
        return (
          <section key={engineer.code} aria-label={engineer.name}>
            <h2>
              {engineer.name} <small className="quiet">{t.label("engineerState", engineer.state)}</small>
            </h2>
            {visits.length === 0 && <p className="quiet">{t("dispatch.freeDay")}</p>}
            <ul>
              {visits.map((one) => (
                <li key={one.work_order} className="row-card">
                  <Link to={`/visits/${encodeURIComponent(one.work_order)}`}>
                    <strong className="figures">{`${f.dateTime(one.start)} – ${f.time(one.end)}`}</strong>
                  </Link>
                  <span>{one.title}</span>
                  <span className="row-card-facts">
                    <VisitState state={one.state} result={one.result} />
                    <span>{one.customer}</span>
                    {one.promised && <span className="tag">{t("dispatch.promised")}</span>}
                  </span>
                  {mayMove && !STILL.has(one.state) && (
                    <Button size="small" onClick={() => onMove(one)}>
                      {t("dispatch.giveOther")}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
