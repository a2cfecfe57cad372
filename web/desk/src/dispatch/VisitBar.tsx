import { LockOutlined, WarningFilled } from "@ant-design/icons";
import { Tooltip } from "antd";
import type { HTMLAttributes } from "react";
import type { BoardVisit } from "../api/dispatch";
import { useWords } from "../i18n/LanguageProvider";
import { ReasonList, lengthText } from "./reasons";
import { piece } from "./scale";
import type { Scale } from "./scale";

interface Props extends HTMLAttributes<HTMLElement> {
  visit: BoardVisit;
  scale: Scale;
  top: number;
  moving: boolean;
  onOpen: () => void;
}

/** A visit with the way before it; the window that the customer knows is a line below. */
export function VisitBar({ visit, scale, top, moving, onOpen, style, ...rest }: Props) {
  const { t, f } = useWords();
  const at = piece(scale, visit.start, visit.end);
  if (!at) return null;
  const way = visit.leave_at ? piece(scale, visit.leave_at, visit.start) : null;
  const window = piece(scale, visit.window.from, visit.window.until);
  const troubled = visit.conflicts.length > 0 || visit.late_minutes > 0;
  const label = [
    visit.customer, visit.title, `${f.time(visit.start)}–${f.time(visit.end)}`,
    t.label("visitState", visit.state), visit.promised ? t("dispatch.promised") : "",
    visit.late_minutes > 0 ? t("dispatch.late", { minutes: lengthText(visit.late_minutes, f.locale) }) : "",
  ].filter(Boolean).join(", ");
  return (
    <>
      {way && (
        <i
          className="bar-way"
          style={{ ...way, top: top + 16 }}
          title={t("dispatch.wayTime", { minutes: lengthText(visit.travel_minutes ?? 0, f.locale) })}
        />
      )}
      {window && <i className="bar-window" data-promised={visit.promised || undefined} style={{ ...window, top: top + 42 }} />}
      <Tooltip
        mouseEnterDelay={0.4}
        title={
          <>
            <strong>{visit.title}</strong>
            <div>{[visit.customer, visit.place.label].filter(Boolean).join(" · ")}</div>
            <div className="figures">
              {visit.work_order} · {f.time(visit.start)}–{f.time(visit.end)}
            </div>
            <ReasonList reasons={visit.conflicts} />
          </>
        }
      >
        <button
          type="button"
          className="visit-bar"
          data-state={visit.state}
          data-priority={visit.priority}
          data-troubled={troubled || undefined}
          data-moving={moving || undefined}
          aria-label={label}
          style={{ ...style, left: at.left, width: Math.max(at.width, 26), top: top + 5 }}
          onClick={onOpen}
          {...rest}
        >
          <span>
            {visit.promised && <LockOutlined aria-hidden />}
            {troubled && <WarningFilled aria-hidden className="bar-trouble" />}
            {visit.customer || visit.title}
          </span>
          <small>{visit.title}</small>
        </button>
      </Tooltip>
    </>
  );
}
