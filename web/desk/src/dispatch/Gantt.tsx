import { useEffect, useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import type { Board, BoardEngineer, BoardVisit } from "../api/dispatch";
import { useWords } from "../i18n/LanguageProvider";
import { useNow } from "../ui/useNow";
import { VisitBar } from "./VisitBar";
import type { Move } from "./moving";
import { lanesOf, marksOf, piece, xOf } from "./scale";
import type { Scale } from "./scale";

export const LANE = 46;
const ROOM = 600;

interface Props {
  board: Board;
  engineers: BoardEngineer[];
  move: Move | null;
  /** What the books say of each engineer for the load: may, may with a reason, may not. */
  fitness: Map<string, "good" | "soft" | "hard">;
  lit: string;
  onLit: (engineer: string) => void;
  onScale: (scale: Scale) => void;
  barProps: (visit: BoardVisit) => Partial<React.HTMLAttributes<HTMLElement>>;
  onOpen: (visit: BoardVisit) => void;
}

/** A row for each engineer: hours, absences, the way to each visit and the visit. */
export function Gantt(props: Props) {
  const { board, engineers, onScale } = props;
  const { t, f } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 900 });
  const days = (new Date(board.span.until).getTime() - new Date(board.span.from).getTime()) / 86_400_000;
  const width = Math.max(ROOM, days * (days > 3 ? 200 : days > 1 ? 420 : 1440));
  const scale = useMemo(
    () => ({ from: new Date(board.span.from).getTime(), until: new Date(board.span.until).getTime(), width }),
    [board.span.from, board.span.until, width],
  );
  useEffect(() => onScale(scale), [onScale, scale]);
  useEffect(() => {
    const soon = Math.max(0, xOf(scale, Date.now()) - 240);
    const dawn = xOf(scale, scale.from + 6.5 * 3_600_000);
    const present = Date.now() > scale.from && Date.now() < scale.until;
    box.current?.scrollTo({ left: present ? soon : dawn });
  }, [scale]);

  const rows = useMemo(() => placedRows(engineers, board.visits), [engineers, board.visits]);
  const total = rows.length ? rows[rows.length - 1]!.top + rows[rows.length - 1]!.height : 0;
  const shown = rows.filter(
    (row) =>
      (row.top + row.height > seen.top - 300 && row.top < seen.top + seen.height + 300) ||
      row.engineer.code === props.move?.engineer,
  );
  return (
    <div
      className="gantt"
      ref={box}
      tabIndex={-1}
      onScroll={(event) =>
        setSeen({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })
      }
    >
      <div className="gantt-head" style={{ width: width + NAME }}>
        <div className="gantt-corner">{t("dispatch.engineers", { count: engineers.length })}</div>
        <Head scale={scale} days={days} locale={f.locale} />
      </div>
      <div className="gantt-rows" style={{ width: width + NAME, height: total }}>
        <Grid scale={scale} />
        {shown.map((row) => (
          <Row key={row.engineer.code} row={row} scale={scale} {...props}>
            {row.bars.map(({ one, lane }) => (
              <VisitBar
                key={one.work_order}
                visit={one}
                scale={scale}
                top={lane * LANE}
                moving={props.move?.load.key === one.work_order}
                onOpen={() => props.onOpen(one)}
                {...props.barProps(one)}
              />
            ))}
          </Row>
        ))}
      </div>
    </div>
  );
}

export const NAME = 190;

interface Placed {
  engineer: BoardEngineer;
  bars: { one: BoardVisit; lane: number }[];
  top: number;
  height: number;
}

export function placedRows(engineers: BoardEngineer[], visits: BoardVisit[]): Placed[] {
  const mine = new Map<string, BoardVisit[]>();
  for (const one of visits) {
    if (!one.engineer || one.state === "cancelled") continue;
    mine.set(one.engineer, [...(mine.get(one.engineer) ?? []), one]);
  }
  let top = 0;
  return engineers.map((engineer) => {
    const bars = lanesOf(mine.get(engineer.code) ?? []);
    const lanes = Math.max(1, ...bars.map(({ lane }) => lane + 1));
    const row = { engineer, bars, top, height: lanes * LANE + 8 };
    top += row.height;
    return row;
  });
}

function Row(props: Props & { row: Placed; scale: Scale; children: ReactNode }) {
  const { row, scale, move, fitness, lit, onLit, children } = props;
  const { engineer } = row;
  const { t } = useWords();
  const ghost = move?.engineer === engineer.code ? move : null;
  const at = ghost && piece(scale, ghost.start, ghost.start + ghost.load.minutes * 60_000);
  return (
    <section
      className="gantt-row"
      aria-label={engineer.name}
      data-engineer={engineer.code}
      data-fit={move ? (fitness.get(engineer.code) ?? "") : undefined}
      data-lit={lit === engineer.code || undefined}
      style={{ top: row.top, height: row.height }}
      onPointerEnter={() => onLit(engineer.code)}
      onPointerLeave={() => onLit("")}
    >
      <RowName engineer={engineer} />
      <div className="gantt-track" style={{ width: scale.width }}>
        {engineer.shifts.map((span) => (
          <Strip key={span.from} className="gantt-shift" at={piece(scale, span.from, span.until)} />
        ))}
        {engineer.absences.map((one) => (
          <Strip
            key={one.id}
            className="gantt-absence"
            at={piece(scale, one.span.from, one.span.until)}
            title={t("dispatch.away", { kind: one.kind ? t.label("absenceKind", one.kind) : "" })}
          />
        ))}
        {children}
        {at && (
          <div className="gantt-ghost" style={{ left: at.left, width: at.width }}>
            {ghost.load.title}
          </div>
        )}
      </div>
    </section>
  );
}

function RowName({ engineer }: { engineer: BoardEngineer }) {
  const { t, f } = useWords();
  const today = engineer.days[0];
  const share = today?.shift_minutes
    ? Math.min(1, (today.work_minutes + today.travel_minutes) / today.shift_minutes)
    : 0;
  return (
    <div className="gantt-name">
      <strong>{engineer.name}</strong>
      <small className="quiet">
        <i className="dot" data-state={engineer.state} aria-hidden />
        {t.label("engineerState", engineer.state)} · {engineer.base_city}
      </small>
      {today && (
        <span
          className="load-bar"
          data-over={today.over || undefined}
          role="img"
          aria-label={t("dispatch.loadText", { percent: f.number(share * 100), visits: today.visits })}
          title={t("dispatch.loadText", { percent: f.number(share * 100), visits: today.visits })}
        >
          <i style={{ width: `${share * 100}%` }} />
        </span>
      )}
    </div>
  );
}

function Strip(props: { className: string; at: { left: number; width: number } | null; title?: string }) {
  return props.at && <i className={props.className} style={props.at} title={props.title} />;
}

function Head({ scale, days, locale }: { scale: Scale; days: number; locale: string }) {
  const day = new Intl.DateTimeFormat(locale, { weekday: "short", month: "short", day: "numeric" });
  return (
    <div className="gantt-marks" style={{ width: scale.width }}>
      {marksOf(scale).map(({ at, day: isDay }) => (
        <span key={at} data-day={isDay || undefined} style={{ left: xOf(scale, at) }}>
          {isDay || days > 3 ? day.format(at) : `${String(new Date(at).getHours()).padStart(2, "0")}:00`}
        </span>
      ))}
    </div>
  );
}

function Grid({ scale }: { scale: Scale }) {
  const { t } = useWords();
  const now = useNow(60_000);
  const x = xOf(scale, now);
  return (
    <div className="gantt-grid" style={{ width: scale.width }} aria-hidden>
      {marksOf(scale).map(({ at, day }) => (
        <i key={at} data-day={day || undefined} style={{ left: xOf(scale, at) }} />
      ))}
      {x > 0 && x < scale.width && <b style={{ left: x }} title={t("dispatch.now")} />}
    </div>
  );
}
