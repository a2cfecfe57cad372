import { Link } from "react-router";
import type { Stop } from "../api/dispatch";
import { useWords } from "../i18n/LanguageProvider";
import { Icon } from "../ui/Icon";
import { MapLink } from "../ui/MapLink";
import { Tag } from "../ui/States";
import { DueTag } from "../visit/DueTag";
import { PRIORITY_TONE, TONE_OF } from "../visit/terms";

/** One visit of the day: when, where, how far, how urgent. */
export function StopCard({ stop, order }: { stop: Stop; order: number }) {
  const { t, f } = useWords();
  const zone = f.foreignZone(stop.time_zone, stop.window.from);
  const missing = Object.entries(stop.parts_missing);
  return (
    <article className={`card stop ${stop.state}`}>
      <Link className="stop-link" to={`/visits/${stop.work_order}`}>
        <span className="line">
          <span className="stop-order figures" aria-hidden="true">{order}</span>
          <span className="stop-time figures">{f.span(stop.window.from, stop.window.until, stop.time_zone)}</span>
          {zone && <span className="quiet figures">{zone}</span>}
          <span className="push" />
          <Tag tone={TONE_OF[stop.state]}>{t.label("visitState", stop.state)}</Tag>
        </span>
        <span className="strong wrap stop-customer">{stop.customer || stop.site || stop.address}</span>
        <span className="wrap">{stop.purpose || stop.title}</span>
        <span className="quiet wrap">
          {[stop.model, stop.serial, stop.work_order].filter(Boolean).join(" · ")}
        </span>
        <span className="line">
          {PRIORITY_TONE[stop.priority] && (
            <Tag tone={PRIORITY_TONE[stop.priority]}>{t.label("priority", stop.priority)}</Tag>
          )}
          {stop.due && stop.state !== "done" && <DueTag due={stop.due} />}
          {stop.promised && stop.state !== "done" && <Tag tone="teal">{t("today.promised")}</Tag>}
          {missing.length > 0 && <Tag tone="red">{t("today.missing", { parts: missing.map(([part]) => part).join(", ") })}</Tag>}
        </span>
      </Link>
      {stop.state !== "done" && (
        <div className="stop-foot">
          <Way stop={stop} />
          <MapLink lat={stop.place.lat} lon={stop.place.lon} address={stop.address || stop.place.label} />
        </div>
      )}
    </article>
  );
}

function Way({ stop }: { stop: Stop }) {
  const { t, f } = useWords();
  if (stop.travel_minutes === null) return <span className="row-main quiet">{t("today.wayUnknown")}</span>;
  const km = stop.travel_km === null ? "" : ` · ${f.number(stop.travel_km)} km`;
  const sameDay = stop.leave_at && f.day(stop.leave_at, stop.time_zone) === f.day(stop.start, stop.time_zone);
  const leaving = stop.leave_at && stop.state !== "on_site" ? stop.leave_at : "";
  const leave = leaving && (sameDay ? f.time(leaving, stop.time_zone) : f.dateTime(leaving, stop.time_zone));
  return (
    <span className="row-main quiet figures">
      <Icon name="van" small /> {f.minutes(stop.travel_minutes)}
      {km}
      {leave && <span className="leave"> {t("today.leave", { time: leave })}</span>}
    </span>
  );
}
