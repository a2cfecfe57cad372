import { useEffect, useRef, useState } from "react";

interface Acts {
  onEnter: (index: number) => void;
  onToggle: (index: number) => void;
}

const TYPING = 'input, textarea, select, button, a, [contenteditable], [role="dialog"]';

/** j and k walk through a list, Enter opens, x chooses; keys typed into fields are left alone. */
export function useListKeys(length: number, acts: Acts): number {
  const [active, setActive] = useState(-1);
  const latest = useRef({ length, acts, active });
  useEffect(() => {
    latest.current = { length, acts, active };
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { length: rows, acts: now, active: at } = latest.current;
      const target = event.target as HTMLElement;
      const inField = target.closest(TYPING) && target.getAttribute("type") !== "checkbox";
      if (inField || event.ctrlKey || event.metaKey || event.altKey || rows === 0) return;
      if (event.key === "j") setActive(Math.min(at + 1, rows - 1));
      else if (event.key === "k") setActive(Math.max(at - 1, 0));
      else if (event.key === "Enter" && at >= 0) now.onEnter(at);
      else if (event.key === "x" && at >= 0) now.onToggle(at);
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return Math.min(active, length - 1);
}
