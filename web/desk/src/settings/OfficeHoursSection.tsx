import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, Select, Tag } from "antd";
import { useMemo, useState } from "react";
import { useMay } from "../app/session";
import { officeHours, saveOfficeHours } from "../api/team";
import type { OfficeHoursNow } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { LinesSkeleton } from "../ui/Skeletons";
import { useFailure } from "../ui/useFailureText";
import { useUnsaved } from "../ui/useUnsaved";
import { DayHours } from "./DayHours";
import { DAYS, spansFault, tidyWeekly } from "./hours";

export function OfficeHoursSection() {
  const hours = useQuery({ queryKey: ["office-hours"], queryFn: officeHours });
  if (hours.isPending) return <LinesSkeleton />;
  if (!hours.data) return <ErrorState error={hours.error} retry={() => hours.refetch()} />;
  return <Editor key={hours.dataUpdatedAt} saved={hours.data} />;
}

const editable = (saved: OfficeHoursNow) => ({
  time_zone: saved.time_zone,
  weekly: saved.weekly ?? {},
  holidays: saved.holidays ?? [],
});

/** When persons answer: zone, spans of each weekday, days off. */
function Editor({ saved }: { saved: OfficeHoursNow }) {
  const { t, f } = useWords();
  const { message } = App.useApp();
  const client = useQueryClient();
  const { fail } = useFailure();
  const mayWrite = useMay("settings:write");
  const stored = useMemo(() => editable(saved), [saved]);
  const [hours, setHours] = useState(stored);
  const [holiday, setHoliday] = useState("");
  const changed = JSON.stringify(hours) !== JSON.stringify(stored);
  const faulty = DAYS.some((day) => spansFault(hours.weekly[day] ?? []) !== null);
  useUnsaved(changed);
  const zones = useMemo(
    () => Intl.supportedValuesOf("timeZone").map((zone) => ({ value: zone, label: zone })),
    [],
  );
  const save = useMutation({
    mutationFn: () => saveOfficeHours({ ...hours, weekly: tidyWeekly(hours.weekly) }),
    onSuccess: (now) => {
      client.setQueryData(["office-hours"], now);
      void message.success(t("hours.saved"));
    },
    onError: fail,
  });
  const addHoliday = () => {
    if (holiday) setHours({ ...hours, holidays: [...new Set([...hours.holidays, holiday])].sort() });
    setHoliday("");
  };

  return (
    <div className="settings hours">
      <p className={saved.open ? "warranty warranty-active" : "warranty warranty-over"}>
        {saved.open
          ? t("hours.open")
          : saved.next_opening
            ? t("hours.closedUntil", { time: f.dateTime(saved.next_opening) })
            : t("hours.closed")}
      </p>
      <label className="labelled">
        {t("hours.zone")}
        <Select
          showSearch
          disabled={!mayWrite}
          value={hours.time_zone}
          options={zones}
          onChange={(zone) => setHours({ ...hours, time_zone: zone })}
        />
      </label>
      <div className="hours-week">
        {DAYS.map((day) => (
          <DayHours
            key={day}
            day={day}
            disabled={!mayWrite}
            spans={hours.weekly[day] ?? []}
            onChange={(spans) => setHours({ ...hours, weekly: { ...hours.weekly, [day]: spans } })}
          />
        ))}
      </div>
      <div className="labelled" role="group" aria-label={t("hours.holidays")}>
        {t("hours.holidays")}
        <div className="hours-holidays">
          {hours.holidays.map((day) => (
            <Tag
              key={day}
              closable={mayWrite}
              onClose={() =>
                setHours({ ...hours, holidays: hours.holidays.filter((one) => one !== day) })
              }
            >
              {f.date(day)}
            </Tag>
          ))}
          {mayWrite && (
            <>
              <Input
                type="date"
                className="hours-date"
                value={holiday}
                aria-label={t("hours.holiday")}
                onChange={(event) => setHoliday(event.target.value)}
              />
              <Button disabled={!holiday} onClick={addHoliday}>
                {t("act.add")}
              </Button>
            </>
          )}
        </div>
      </div>
      {mayWrite && (
        <div className="form-acts">
          <Button disabled={!changed} onClick={() => setHours(stored)}>
            {t("act.discard")}
          </Button>
          <Button
            type="primary"
            disabled={!changed || faulty}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            {t("act.save")}
          </Button>
        </div>
      )}
    </div>
  );
}
