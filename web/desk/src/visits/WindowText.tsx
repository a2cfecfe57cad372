import { Tooltip } from "antd";
import type { VisitWindow } from "../api/visits";
import { useWords } from "../i18n/LanguageProvider";
import { ownZone } from "../ui/zoned";

interface Span {
  from: string;
  until: string;
  time_zone: string;
}

/** "22 Nov, 09:00 – 12:00", in a zone; the second day only where it is another one. */
export function spanText({ from, until }: Span, zone: string, locale: string): string {
  const day = new Intl.DateTimeFormat(locale, {
    month: "short", day: "numeric", weekday: "short", timeZone: zone,
  });
  const clock = new Intl.DateTimeFormat(locale, {
    hour: "2-digit", minute: "2-digit", hour12: false, timeZone: zone,
  });
  const [a, b] = [new Date(from), new Date(until)];
  const second = day.format(a) === day.format(b) ? "" : `${day.format(b)} `;
  return `${day.format(a)} ${clock.format(a)} – ${second}${clock.format(b)}`;
}

/** An appointment in the zone it was agreed in; the reader's own stands in the tooltip. */
export function WindowText({ window }: { window: VisitWindow }) {
  const { f } = useWords();
  const here = ownZone();
  const there = window.time_zone || here;
  const away = there !== here;
  return (
    <Tooltip title={away ? `${spanText(window, here, f.locale)} (${here})` : there}>
      <span className="figures nowrap">
        {spanText(window, there, f.locale)}
        {away && <span className="quiet"> {there.split("/").pop()?.replaceAll("_", " ")}</span>}
      </span>
    </Tooltip>
  );
}
