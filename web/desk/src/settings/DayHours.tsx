import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useWords } from "../i18n/LanguageProvider";
import { spansFault, tidyTime } from "./hours";

type Span = [string, string];

interface Props {
  day: string;
  spans: Span[];
  disabled: boolean;
  onChange: (spans: Span[]) => void;
}

/** The hours of one weekday, as spans from - to. */
export function DayHours({ day, spans, disabled, onChange }: Props) {
  const { t } = useWords();
  const fault = spansFault(spans);
  const name = t.label("weekday", day);
  const change = (index: number, edge: 0 | 1, text: string) =>
    onChange(
      spans.map((span, at): Span => {
        if (at !== index) return span;
        return edge === 0 ? [text, span[1]] : [span[0], text];
      }),
    );
  const field = (index: number, edge: 0 | 1) => (
    <Input
      className="hours-time figures"
      inputMode="numeric"
      maxLength={5}
      disabled={disabled}
      status={fault ? "error" : undefined}
      value={spans[index]?.[edge]}
      aria-label={`${name} ${edge === 0 ? t("hours.from") : t("hours.to")}`}
      onChange={(event) => change(index, edge, event.target.value)}
      onBlur={(event) => change(index, edge, tidyTime(event.target.value))}
    />
  );
  return (
    <div className="hours-day" role="group" aria-label={name}>
      <strong>{name}</strong>
      <div className="hours-spans">
        {spans.length === 0 && <span className="quiet">{t("hours.dayOff")}</span>}
        {spans.map((_, index) => (
          <span key={index} className="hours-span">
            {field(index, 0)} – {field(index, 1)}
            {!disabled && (
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined />}
                aria-label={t("act.remove", { name: spans[index]?.join("–") ?? "" })}
                onClick={() => onChange(spans.filter((__, at) => at !== index))}
              />
            )}
          </span>
        ))}
        {!disabled && (
          <Button
            type="dashed"
            size="small"
            icon={<PlusOutlined />}
            aria-label={t("hours.addSpan", { day: name })}
            onClick={() => onChange([...spans, spans.length ? ["18:00", "20:00"] : ["09:00", "18:00"]])}
          />
        )}
      </div>
      {fault && (
        <p className="form-error" role="alert">
          {t(`hours.fault.${fault}`)}
        </p>
      )}
    </div>
  );
}
