import type { ReactNode } from "react";

/** Nothing here, and what to do about it. */
export function EmptyState(props: { title: string; hint?: string; children?: ReactNode }) {
  return (
    <div className="state">
      <strong>{props.title}</strong>
      {props.hint && <p>{props.hint}</p>}
      {props.children}
    </div>
  );
}
