import { useSyncExternalStore } from "react";

/** Whether the window is narrower than `width` CSS pixels. */
export function useNarrow(width: number): boolean {
  const query = `(max-width: ${width - 1}px)`;
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    () => matchMedia(query).matches,
  );
}
