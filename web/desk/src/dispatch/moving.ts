import type { BoardJob, BoardVisit } from "../api/dispatch";
import { SNAP, snapped } from "./scale";

/** What is being moved over the board: a visit, or a job that has none yet. */
export interface Load {
  key: string;
  ticket: string;
  work_order: string;
  version: number | null;
  title: string;
  minutes: number;
  engineer: string;
  start: number | null;
  window: { from: string; until: string } | null;
  time_zone: string;
  promised: boolean;
}

/** A load over a row at an instant, on its way to be dropped. */
export interface Move {
  load: Load;
  engineer: string;
  start: number;
}

export const STILL = new Set(["on_site", "done", "cancelled"]);

export const loadOfVisit = (visit: BoardVisit): Load => ({
  key: visit.work_order,
  ticket: visit.ticket,
  work_order: visit.work_order,
  version: visit.version ?? null,
  title: visit.title,
  minutes: visit.minutes,
  engineer: visit.engineer,
  start: new Date(visit.start).getTime(),
  window: visit.window,
  time_zone: visit.time_zone,
  promised: visit.promised,
});

export const loadOfJob = (job: BoardJob): Load => ({
  key: job.work_order || job.ticket,
  ticket: job.ticket,
  work_order: job.work_order,
  version: job.version ?? null,
  title: job.title,
  minutes: job.needs.minutes,
  engineer: "",
  start: null,
  window: job.window ?? null,
  time_zone: job.time_zone,
  promised: job.promised,
});

/** Where a load goes with the arrow keys; null for any other key. */
export function stepped(move: Move, key: string, far: boolean, rows: string[]): Move | null {
  const minutes = (far ? 4 : 1) * SNAP * 60_000;
  const at = rows.indexOf(move.engineer);
  const row = (plus: number) => rows[Math.min(Math.max(at + plus, 0), rows.length - 1)] ?? move.engineer;
  if (key === "ArrowLeft") return { ...move, start: snapped(move.start - minutes) };
  if (key === "ArrowRight") return { ...move, start: snapped(move.start + minutes) };
  if (key === "ArrowUp") return { ...move, engineer: row(-1) };
  if (key === "ArrowDown") return { ...move, engineer: row(1) };
  return null;
}

/**
 * The call that drops a load. A window that the customer was promised, or was given, stays as long
 * as work begins in it; else the window follows the work.
 */
export function dropped({ load, engineer, start }: Move) {
  const inWindow =
    load.window !== null &&
    start >= new Date(load.window.from).getTime() &&
    start <= new Date(load.window.until).getTime();
  const from = new Date(start).toISOString();
  const until = new Date(start + Math.max(load.minutes, 60) * 60_000).toISOString();
  return {
    ...(load.work_order ? { work_order: load.work_order } : { ticket: load.ticket }),
    engineer,
    starts_at: from,
    version: load.work_order ? load.version : null,
    ...(inWindow ? {} : { window: { from, until, time_zone: load.time_zone || "UTC" } }),
  };
}

export const isSame = ({ load, engineer, start }: Move): boolean =>
  load.engineer === engineer && load.start === start;
