import { useEffect, useRef } from "react";

/** The nearest page that there is. */
export const pageWithin = (page: number, pages: number): number =>
  Math.min(Math.max(1, Math.round(page)), Math.max(1, pages));

const TYPING = 'input, textarea, select, [contenteditable], [role="dialog"], [role="combobox"]';

/** The page that a key leads to; null: the key means nothing here. */
export function pageOfKey(key: string, page: number, pages: number): number | null {
  switch (key) {
    case "ArrowLeft":
    case "PageUp":
    case "k":
      return page - 1;
    case "ArrowRight":
    case "PageDown":
    case "j":
      return page + 1;
    case "Home":
      return 1;
    case "End":
      return pages;
    default:
      return null;
  }
}

/** Arrows, page keys, j and k turn the pages, as long as nobody types. */
export function usePageKeys(page: number, pages: number, go: (page: number) => void): void {
  const latest = useRef({ page, pages, go });
  useEffect(() => {
    latest.current = { page, pages, go };
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if ((event.target as HTMLElement).closest(TYPING)) return;
      const now = latest.current;
      const to = pageOfKey(event.key, now.page, now.pages);
      if (to === null) return;
      event.preventDefault();
      if (pageWithin(to, now.pages) !== now.page) now.go(to);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

/** A box of shares of the page (left, top, right, bottom) as places of a style sheet. */
export const placeOf = ([left = 0, top = 0, right = 0, bottom = 0]: number[]) => ({
  left: `${left * 100}%`,
  top: `${top * 100}%`,
  width: `${Math.max(0, right - left) * 100}%`,
  height: `${Math.max(0, bottom - top) * 100}%`,
});
