import { sparkPath } from "./sparkline";
import type { Point } from "./sparkline";

interface Props {
  points: Point[];
  label: string;
  width?: number;
  height?: number;
}

/** The course of a meter in the height of two lines of text. */
export function Sparkline({ points, label, width = 132, height = 36 }: Props) {
  const path = sparkPath(points, width, height);
  if (!path) return null;
  return (
    <svg className="sparkline" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
    </svg>
  );
}
