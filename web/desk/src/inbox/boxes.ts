import type { Box } from "../api/types";

/** Tabs of the inbox, the most pressing first. */
export const BOXES = ["queue", "mine", "people", "bot", "closed"] as const satisfies Box[];

export const isBox = (value: string | undefined): value is Box =>
  value === "all" || BOXES.some((box) => box === value);
