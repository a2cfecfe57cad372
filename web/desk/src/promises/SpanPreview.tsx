import { useQuery } from "@tanstack/react-query";
import { InputNumber } from "antd";
import { useState } from "react";
import { workingSpan } from "../api/promises";
import type { Calendar } from "../api/promises";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { WhenText } from "../ui/WhenText";
import { useNow } from "../ui/useNow";

/** “8 working hours from now is …”, counted by the server on the saved calendar. */
export function SpanPreview({ calendar }: { calendar: Calendar }) {
  const { t } = useWords();
  const [hours, setHours] = useState(8);
  const minute = Math.floor(useNow(60_000) / 60_000) * 60_000;
  const start = new Date(minute).toISOString();
  const found = useQuery({
    queryKey: ["calendar", calendar.id, "span", start, hours],
    queryFn: () => workingSpan(calendar.id, start, Math.round(hours * 60)),
  });
  return (
    <div className="span-preview">
      <InputNumber
        min={0.5}
        max={2000}
        step={1}
        value={hours}
        aria-label={t("calendar.workingHours")}
        onChange={(value) => value && setHours(value)}
      />
      <span>{t("calendar.fromNow")}</span>
      <strong>{found.data ? <WhenText at={found.data.due_at} /> : "…"}</strong>
      {found.isError && <ErrorState error={found.error} retry={() => found.refetch()} />}
    </div>
  );
}
