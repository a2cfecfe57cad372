export interface Point {
  at: string;
  value: number;
}

/** The readings of a meter as an SVG path in a box; equal values lie in the middle. */
export function sparkPath(points: Point[], width: number, height: number, inset = 2): string {
  if (points.length < 2) return "";
  const times = points.map((one) => new Date(one.at).getTime());
  const values = points.map((one) => one.value);
  const along = scale(times, inset, width - inset);
  const up = scale(values, height - inset, inset);
  return points
    .map((_, index) => `${index ? "L" : "M"}${along(times[index]!)} ${up(values[index]!)}`)
    .join(" ");
}

function scale(values: number[], from: number, to: number): (value: number) => string {
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  return (value) => (span === 0 ? (from + to) / 2 : from + ((value - low) / span) * (to - from)).toFixed(1);
}
