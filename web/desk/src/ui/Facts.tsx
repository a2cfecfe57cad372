import { useId } from "react";
import type { ReactNode } from "react";

export interface Fact {
  label: string;
  value: ReactNode;
  /** Takes the full width, with the value below the label. */
  wide?: boolean;
}

/** Key facts of a record; facts without a value are left out. */
export function Facts({ facts }: { facts: (Fact | false | null | undefined)[] }) {
  const shown = facts.filter(
    (one): one is Fact => !!one && one.value !== null && one.value !== undefined && one.value !== "",
  );
  return (
    <dl className="facts">
      {shown.map(({ label, value, wide }) => (
        <div key={label} className={wide ? "fact fact-wide" : "fact"}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A titled block of a page's side. */
export function Section(props: { title: ReactNode; extra?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className="section" aria-labelledby={id}>
      <header>
        <h2 id={id}>{props.title}</h2>
        {props.extra}
      </header>
      {props.children}
    </section>
  );
}
