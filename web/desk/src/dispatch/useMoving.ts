import { useCallback, useEffect, useRef, useState } from "react";
import type { PointerEvent as Press, KeyboardEvent as Stroke } from "react";
import { NAME } from "./Gantt";
import { isSame, stepped } from "./moving";
import type { Load, Move } from "./moving";
import { instantAt, snapped } from "./scale";
import type { Scale } from "./scale";

/** A press becomes a drag after so many pixels; below it is a click. */
const SLACK = 6;

interface Options {
  scale: Scale | null;
  /** Codes of the rows from above to below. */
  rows: string[];
  onDrop: (move: Move) => void;
}

/** Moving loads over the board by pointer and by keyboard. */
export function useMoving({ scale, rows, onDrop }: Options) {
  const [move, setMove] = useState<Move | null>(null);
  const held = useRef<{ load: Load; x: number; y: number; grip: number; on: boolean } | null>(null);
  const dragged = useRef(false);
  const present = useRef<Move | null>(null);
  const set = useCallback((next: Move | null) => {
    present.current = next;
    setMove(next);
  }, []);

  const finish = useCallback(() => {
    const last = present.current;
    held.current = null;
    set(null);
    if (last && last.engineer && !isSame(last)) onDrop(last);
  }, [onDrop, set]);

  useEffect(() => {
    const over = (event: PointerEvent) => {
      const hold = held.current;
      if (!hold || !scale) return;
      const far = Math.hypot(event.clientX - hold.x, event.clientY - hold.y) > SLACK;
      if (!hold.on && !far) return;
      hold.on = dragged.current = true;
      const row = document.elementsFromPoint(event.clientX, event.clientY).find((one) => one.closest("[data-engineer]"));
      const section = row?.closest<HTMLElement>("[data-engineer]");
      if (!section) return set({ load: hold.load, engineer: "", start: present.current?.start ?? scale.from });
      const left = section.getBoundingClientRect().left + NAME;
      set({
        load: hold.load,
        engineer: section.dataset.engineer ?? "",
        start: instantAt(scale, event.clientX - left - hold.grip),
      });
    };
    const up = () => {
      if (!held.current) return;
      if (held.current.on) finish();
      else held.current = null;
    };
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !present.current) return;
      held.current = null;
      set(null);
    };
    window.addEventListener("pointermove", over);
    window.addEventListener("pointerup", up);
    window.addEventListener("pointercancel", up);
    window.addEventListener("keydown", leave);
    return () => {
      window.removeEventListener("pointermove", over);
      window.removeEventListener("pointerup", up);
      window.removeEventListener("pointercancel", up);
      window.removeEventListener("keydown", leave);
    };
  }, [scale, finish, set]);

  const grab = useCallback(
    (load: Load) => ({
      onPointerDown: (event: Press<HTMLElement>) => {
        if (event.button !== 0 || event.pointerType === "touch") return;
        dragged.current = false;
        const grip = load.start === null ? 12 : event.clientX - event.currentTarget.getBoundingClientRect().left;
        held.current = { load, x: event.clientX, y: event.clientY, grip, on: false };
      },
      // A drag ends in a click on the element that it began on; that one opens nothing.
      onClickCapture: (event: React.MouseEvent) => {
        if (!dragged.current) return;
        dragged.current = false;
        event.stopPropagation();
        event.preventDefault();
      },
      onKeyDown: (event: Stroke<HTMLElement>) => {
        const now = present.current;
        if (now?.load.key === load.key) {
          if (event.key === "Enter" || event.key === " ") finish();
          const next = stepped(now, event.key, event.shiftKey, rows);
          if (next) set(next);
          if (next || event.key === "Enter" || event.key === " ") event.preventDefault();
        } else if (event.key === "m" && scale) {
          event.preventDefault();
          const soon = Math.min(Math.max(Date.now(), scale.from), scale.until - 3_600_000);
          set({
            load,
            engineer: load.engineer || rows[0] || "",
            start: load.start ?? snapped(soon + 15 * 60_000),
          });
        }
      },
      style: { touchAction: "pan-y" as const },
    }),
    [finish, rows, scale, set],
  );
  return { move, grab };
}
