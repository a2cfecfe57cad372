import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { calendarDays } from "../api/promises";
import type { Calendar, CalendarDay } from "../api/promises";
import { dayAfter } from "../contracts/terms";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";

const DAYS_SHOWN = 91;

/** What a day of a calendar is: worked, a usual day of rest, a holiday, or worked in addition. */
export const kindOf = (day: CalendarDay): "work" | "rest" | "holiday" | "extra" =>
  day.extra ? "extra" : day.day_off !== null ? "holiday" : day.spans.length > 0 ? "work" : "rest";

/** The next three months of a calendar, week by week. */
export function YearStrip({ calendar }: { calendar: Calendar }) {
  const { t, f } = useWords();
  const from = mondayOf(new Date());
  const until = dayAfter(DAYS_SHOWN - 1, from);
  const found = useQuery({
    queryKey: ["calendar", calendar.id, "days", dayAfter(0, from)],
    queryFn: () => calendarDays(calendar.id, dayAfter(0, from), until),
  });
  if (found.isPending) return <Skeleton active />;
  if (!found.data) return <ErrorState error={found.error} retry={() => found.refetch()} />;
  return (
    <>
      <ol className="day-grid" aria-label={t("calendar.nextMonths")}>
        {found.data.map((day) => {
          const kind = kindOf(day);
          const spans = day.spans.map((span) => span.join("–")).join(", ");
          const words = [f.date(day.on), t.label("dayKind", kind), day.day_off, spans].filter(Boolean).join(" · ");
          return (
            <li key={day.on} data-day={kind} title={words} aria-label={words}>
              {Number(day.on.slice(8))}
              {day.on.endsWith("-01") && <b>{monthName(day.on, f.locale)}</b>}
            </li>
          );
        })}
      </ol>
      <p className="day-legend">
        {(["work", "holiday", "extra", "rest"] as const).map((kind) => (
          <span key={kind}>
            <i data-day={kind} aria-hidden /> {t.label("dayKind", kind)}
          </span>
        ))}
      </p>
    </>
  );
}

const monthName = (on: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { month: "short", timeZone: "UTC" }).format(new Date(`${on}T00:00:00Z`));

function mondayOf(day: Date): Date {
  const back = (day.getDay() + 6) % 7;
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - back);
}
