/** The app's own line icons on a 24-unit grid. */
const PATHS = {
  today: "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5M9 15l2 2 4-4",
  scan: "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M7 9v6M10 9v6M13 9v6M17 9v6",
  ask: "M4 5h16v11H10l-5 4v-4H4zM9 9.5a2.5 2.5 0 1 1 3 2.4M12 13.6v.1",
  van: "M3 6h11v10H3zM14 9h4l3 4v3h-7M7 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4M17 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
  me: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4 21c0-4.4 3.6-7 8-7s8 2.6 8 7",
  back: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  close: "M6 6l12 12M18 6L6 18",
  phone: "M6 3h4l1.5 5L9 10a12 12 0 0 0 5 5l2-2.5 5 1.5v4c0 1-1 2-2 2C11 20 4 13 4 5c0-1 1-2 2-2z",
  mail: "M3 6h18v12H3zM3 7l9 7 9-7",
  map: "M12 21s7-6.4 7-11.5A7 7 0 0 0 5 9.5C5 14.6 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5",
  camera: "M4 8h3.5L9 5h6l1.5 3H20v11H4zM12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7",
  check: "M5 12.5l5 5L20 7",
  warn: "M12 3.5L22 20.5H2zM12 10v5M12 17.6v.2",
  stop: "M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 7.5V13M12 16v.2",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 7v5l3.5 2",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  refresh: "M20 11a8 8 0 1 0-1.5 6M20 5v6h-6",
  part: "M12 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M12 2.5v3M12 18.5v3M2.5 12h3M18.5 12h3M5.3 5.3l2.1 2.1M16.6 16.6l2.1 2.1M5.3 18.7l2.1-2.1M16.6 7.4l2.1-2.1",
  list: "M9 6h12M9 12h12M9 18h12M4 6h.1M4 12h.1M4 18h.1",
  pen: "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4",
  note: "M6 3h9l4 4v14H6zM14 3v5h5M9 13h7M9 17h5",
  bell: "M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 21h4",
  gauge: "M4 18a9 9 0 1 1 16 0M12 15l4-5",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14M16 16l5 5",
  device: "M4 5h16v11H4zM9 20h6M12 16v4M8 9h5M8 12h3",
  tool: "M14.5 6.5a4 4 0 0 1 5-3l-2.8 2.8 1 2 2 1L22.5 6.500a4 4 0 0 1-5 5L9 20l-5-5 8.500-8.500",
  spark: "M12 3l1.8 5.2L19 10l-5.200 1.800L12 17l-1.800-5.200L5 10l5.200-1.800zM19 16v4M17 18h4",
  flag: "M6 21V4h11l-2 4 2 4H6",
  history: "M4 12a8 8 0 1 1 2.500 5.800M4 20v-5h5M12 8v4.500l3 1.500",
  swap: "M4 8h14l-4-4M20 16H6l4 4",
  gear: "M4 7h10M18 7h2M4 17h2M10 17h10M16 9.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5M8 19.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5",
  torch: "M8 3h8v4l-2 4v10h-4V11L8 7z",
  play: "M8 5l11 7-11 7z",
  upload: "M12 16V5M7 10l5-5 5 5M5 20h14",
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration; the words beside it say what it means. */
export function Icon({ name, small }: { name: IconName; small?: boolean }) {
  return (
    <svg className={small ? "icon small-icon" : "icon"} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
