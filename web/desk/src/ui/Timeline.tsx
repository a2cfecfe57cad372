import type { ReactNode } from "react";
import { WhenText } from "./WhenText";
import "../styles/timeline.css";

export interface TimelineEntry {
  key: string;
  /** An instant, or a day, which is written without a time. */
  at: string;
  /** Colours the mark: `moved` and `opened` stand out. */
  kind: string;
  /** Who did it. */
  actor?: string;
  /** What it was, in a few words. */
  title: ReactNode;
  body?: ReactNode;
  /** For colleagues only: amber. */
  internal?: boolean;
}

/** What has happened, in the order given. */
export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  return (
    <ol className="timeline">
      {entries.map((one) => (
        <li
          key={one.key}
          className={one.internal ? "timeline-line timeline-internal" : "timeline-line"}
          data-kind={one.kind}
        >
          <header>
            {one.actor && <strong>{one.actor}</strong>}
            <span>{one.title}</span>
            <WhenText at={one.at} />
          </header>
          {one.body}
        </li>
      ))}
    </ol>
  );
}
