/** Line icons on a 24-unit grid, drawn as SVG nodes. */

const PATHS = {
  chat: "M4 5h16v11H9l-5 4z M8 9.5h8 M8 12.5h5",
  close: "M6 6l12 12 M18 6L6 18",
  down: "M6 9l6 6 6-6",
  globe: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z M3 12h18 M12 3c3 3 3.6 6 3.6 9s-.6 6-3.6 9c-3-3-3.6-6-3.6-9s.6-6 3.6-9z",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8z M4.5 20.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6",
  phone: "M6 3.5h3.5l1.5 4.5-2.2 1.6a11 11 0 0 0 5.6 5.6L16 13l4.5 1.5V18a2.5 2.5 0 0 1-2.7 2.5C10.5 20 4 13.5 3.5 6.2A2.5 2.5 0 0 1 6 3.5z",
  send: "M4 12l16-7.5-5 15-3.5-6z M11.5 13.5L20 4.5",
  photo: "M4 7.5h3.5l1.5-2.5h6l1.5 2.5H20v11.5H4z M12 10a3.3 3.3 0 1 0 0 6.6 3.3 3.3 0 0 0 0-6.6z",
  clip: "M19.5 11.5l-7.8 7.8a4.7 4.7 0 0 1-6.7-6.7l8.3-8.3a3.2 3.2 0 0 1 4.5 4.5l-8.2 8.2a1.6 1.6 0 0 1-2.3-2.3l7.2-7.2",
  file: "M6 3h8l4 4v14H6z M14 3v4h4 M9 12h6 M9 16h6",
  warning: "M12 4L2.8 20h18.4z M12 10v4.5 M12 17.3v.2",
  device: "M4 4h16v12H4z M8 20h8 M12 16v4 M8 12V9 M12 12V8 M16 12v-2",
  ticket: "M3.5 7h17v3.5a1.7 1.7 0 0 0 0 3.4V17h-17v-3.1a1.7 1.7 0 0 0 0-3.4z M14 7v10",
  check: "M5 12.5l4.5 4.5L19 7.5",
  retry: "M19 12a7 7 0 1 1-2.2-5.1 M19.5 4v4h-4",
  clock: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z M12 8v4.5l3 1.8",
  book: "M5 4.5h10.5a3 3 0 0 1 3 3V20H8a3 3 0 0 1-3-3z M5 17a3 3 0 0 1 3-2.5h10.5",
} as const;

const FILLED = {
  spark: "M12 2.5l2 6.2 6.2 2.3-6.2 2.3-2 6.2-2-6.2L3.8 11 10 8.7z M19 15.5l.9 2.6 2.6.9-2.6.9-.9 2.6-.9-2.6-2.6-.9 2.6-.9z",
  star: "M12 3l2.7 5.8 6.3.8-4.6 4.4 1.2 6.3L12 17.2l-5.6 3.1 1.2-6.3L3 9.6l6.3-.8z",
} as const;

export type IconName = keyof typeof PATHS | keyof typeof FILLED;

/** A decorative icon, hidden from screen readers: the control around it carries the name. */
export function icon(name: IconName): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", name in FILLED ? "icon filled" : "icon");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", { ...PATHS, ...FILLED }[name]);
  svg.append(path);
  return svg;
}
