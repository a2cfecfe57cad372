import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { Link, useNavigate, useParams } from "react-router";
import { useMay } from "../app/session";
import { calendars } from "../api/promises";
import type { Calendar } from "../api/promises";
import { useWords } from "../i18n/LanguageProvider";
import { DAYS } from "../settings/hours";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import { CalendarEditor } from "./CalendarEditor";
import { PromiseTabs } from "./PromiseTabs";
import "../styles/promises.css";

/** The calendars that promises count on, and the editor of one. */
export default function CalendarsPage() {
  const { code } = useParams();
  const { t } = useWords();
  const navigate = useNavigate();
  const mayWrite = useMay("sla:write");
  const found = useQuery({ queryKey: ["calendars"], queryFn: calendars });
  const open = found.data?.find((one) => one.code === code || one.id === code);
  const close = () => void navigate("/promises/calendars");
  return (
    <div className="page">
      <PageHead title={t("nav.promises")}>
        {mayWrite && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate("/promises/calendars/new")}>
            {t("calendar.new")}
          </Button>
        )}
      </PageHead>
      <PromiseTabs />
      {found.isPending && <PageSkeleton />}
      {found.isError && !found.data && <ErrorState error={found.error} retry={() => found.refetch()} />}
      {found.data?.length === 0 && <EmptyState title={t("calendar.none")} hint={t("calendar.noneHint")} />}
      <ul className="rule-list">
        {found.data?.map((one) => (
          <li key={one.id}>
            <CalendarCard calendar={one} />
          </li>
        ))}
      </ul>
      {code === "new" && mayWrite && <CalendarEditor key="new" close={close} />}
      {open && <CalendarEditor key={open.id} calendar={open} mayWrite={mayWrite} close={close} />}
    </div>
  );
}

function CalendarCard({ calendar }: { calendar: Calendar }) {
  const { t, f } = useWords();
  const weekly = calendar.weekly ?? {};
  return (
    <Link to={`/promises/calendars/${encodeURIComponent(calendar.code)}`} className="rule-card">
      <span className="rule-head">
        <strong>{calendar.name || calendar.code}</strong>
        <code>{calendar.code}</code>
      </span>
      {calendar.always ? (
        <span className="rule-facts">{t("calendar.always")}</span>
      ) : (
        <span className="week-strip" aria-hidden>
          {DAYS.map((day) => (
            <span key={day} data-works={(weekly[day]?.length ?? 0) > 0}>
              {t.label("weekdayShort", day)}
            </span>
          ))}
        </span>
      )}
      <small className="quiet">
        {[
          calendar.time_zone,
          calendar.country && f.countryName(calendar.country),
          t("calendar.holidaysCount", {
            count: calendar.public_holidays.length + (calendar.days_off?.length ?? 0),
          }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </small>
    </Link>
  );
}
