import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useState } from "react";
import { useWords } from "../i18n/LanguageProvider";
import { tidyTime } from "../settings/hours";

interface Day {
  on: string;
  note: string;
}

interface Props {
  title: string;
  days: Day[];
  noteLabel: string;
  disabled: boolean;
  /** The note holds hours, such as "09:00-12:00 13:00-18:00"; none: those of a usual day. */
  hours?: boolean;
  onChange: (days: Day[]) => void;
}

const SPANS = /^(?:\s*(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)\s*)*$/;

/** "9:00–12" and the like, as people type hours, in the form that is stored. */
export const tidySpans = (text: string): string =>
  text
    .trim()
    .split(/[\s,，;；]+/)
    .filter(Boolean)
    .map((span) => span.split(/[-–—~]/).map(tidyTime).join("-"))
    .join(" ");

/** Days by their date, each with a word; in their order, no day twice. */
export function DayList({ title, days, noteLabel, disabled, hours, onChange }: Props) {
  const { t, f } = useWords();
  const [on, setOn] = useState("");
  const [note, setNote] = useState("");
  const written = hours ? tidySpans(note) : note.trim();
  const wrong = hours && !SPANS.test(written);
  const add = () => {
    if (!on || wrong) return;
    const others = days.filter((one) => one.on !== on);
    onChange([...others, { on, note: written }].sort((a, b) => a.on.localeCompare(b.on)));
    setOn("");
    setNote("");
  };
  return (
    <section className="day-list" aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {days.map((one) => (
          <li key={one.on}>
            <span className="figures">{f.date(one.on)}</span>
            <span>{one.note}</span>
            {!disabled && (
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={t("act.remove", { name: f.date(one.on) })}
                onClick={() => onChange(days.filter((other) => other.on !== one.on))}
              />
            )}
          </li>
        ))}
      </ul>
      {!disabled && (
        <div className="day-add">
          <Input type="date" value={on} aria-label={title} onChange={(event) => setOn(event.target.value)} />
          <Input
            value={note}
            maxLength={120}
            status={wrong ? "error" : undefined}
            aria-label={noteLabel}
            placeholder={noteLabel}
            onChange={(event) => setNote(event.target.value)}
            onPressEnter={add}
          />
          <Button icon={<PlusOutlined />} disabled={!on || wrong} onClick={add} aria-label={t("act.add")} />
        </div>
      )}
    </section>
  );
}
