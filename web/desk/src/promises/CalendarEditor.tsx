import { Button, Checkbox, Drawer, Input, Select, Tabs } from "antd";
import { useMemo, useState } from "react";
import { createCalendar, replaceCalendar } from "../api/promises";
import type { Calendar, CalendarFacts } from "../api/promises";
import { useWords } from "../i18n/LanguageProvider";
import { DayHours } from "../settings/DayHours";
import { DAYS, spansFault, tidyWeekly } from "../settings/hours";
import type { Weekly } from "../settings/hours";
import { useCommand } from "../ui/useCommand";
import { useUnsaved } from "../ui/useUnsaved";
import { allZones, ownZone } from "../ui/zoned";
import { DayList } from "./DayList";
import { SpanPreview } from "./SpanPreview";
import { YearStrip } from "./YearStrip";

interface Props {
  calendar?: Calendar;
  mayWrite?: boolean;
  close: () => void;
}

const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/;

/** A new calendar: five days of a week, no country. */
export const newCalendar = (): CalendarFacts =>
  ({
    code: "",
    name: "",
    time_zone: ownZone(),
    always: false,
    weekly: Object.fromEntries(DAYS.slice(0, 5).map((day) => [day, [["09:00", "18:00"]]])),
    country: "",
    subdivision: "",
    days_off: [],
    extra_days: [],
  }) as unknown as CalendarFacts;

const factsOf = (one: Calendar): CalendarFacts => ({
  code: one.code,
  name: one.name,
  time_zone: one.time_zone,
  always: one.always,
  weekly: one.weekly,
  country: one.country,
  subdivision: one.subdivision,
  days_off: one.days_off,
  extra_days: one.extra_days,
});

/** A calendar: its week, what breaks it, and a look at what that means. */
export function CalendarEditor({ calendar, mayWrite = true, close }: Props) {
  const { t } = useWords();
  const [stored] = useState(() => (calendar ? factsOf(calendar) : newCalendar()));
  const [facts, setFacts] = useState(stored);
  const change = (part: Partial<CalendarFacts>) => setFacts({ ...facts, ...part });
  const changed = JSON.stringify(facts) !== JSON.stringify(stored);
  useUnsaved(changed);
  const weekly = (facts.weekly ?? {}) as Weekly;
  const faulty = !facts.always && DAYS.some((day) => spansFault(weekly[day] ?? []) !== null);
  const empty = !facts.always && DAYS.every((day) => (weekly[day] ?? []).length === 0);
  const save = useCommand({
    run: (values: CalendarFacts, { key, version }) =>
      calendar ? replaceCalendar(calendar.id, values, version, key) : createCalendar(values, key),
    version: calendar?.version,
    refresh: [["calendars"], ["calendar"]],
    done: (one) => t("promises.saved", { code: one.code }),
    onDone: close,
  });
  const submit = () => save.submit({ ...facts, code: facts.code.trim(), weekly: tidyWeekly(weekly) });
  return (
    <Drawer
      open
      onClose={close}
      size={640}
      title={calendar ? calendar.name || calendar.code : t("calendar.new")}
      footer={
        mayWrite && (
          <div className="form-acts">
            <span className="quiet drawer-note">{t("calendar.hint")}</span>
            <Button onClick={close}>{t("act.cancel")}</Button>
            <Button
              type="primary"
              loading={save.busy}
              disabled={!CODE.test(facts.code.trim()) || faulty || empty}
              onClick={submit}
            >
              {t("act.save")}
            </Button>
          </div>
        )
      }
    >
      <Tabs
        items={[
          {
            key: "week",
            label: t("calendar.tabWeek"),
            children: <Week facts={facts} change={change} disabled={!mayWrite} empty={empty} />,
          },
          {
            key: "days",
            label: t("calendar.tabDays"),
            children: <Days facts={facts} change={change} disabled={!mayWrite} calendar={calendar} />,
          },
          ...(calendar
            ? [
                {
                  key: "look",
                  label: t("calendar.tabLook"),
                  children: (
                    <>
                      {changed && <p className="quiet">{t("calendar.savedOnly")}</p>}
                      <SpanPreview calendar={calendar} />
                      <YearStrip calendar={calendar} />
                    </>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Drawer>
  );
}

interface PartProps {
  facts: CalendarFacts;
  change: (part: Partial<CalendarFacts>) => void;
  disabled: boolean;
}

function Week({ facts, change, disabled, empty }: PartProps & { empty: boolean }) {
  const { t } = useWords();
  const zones = useMemo(() => allZones().map((zone) => ({ value: zone, label: zone })), []);
  const weekly = (facts.weekly ?? {}) as Weekly;
  return (
    <div className="dialog-fields">
      <div className="form-two">
        <label className="labelled">
          {t("promises.code")}
          <Input
            disabled={disabled}
            maxLength={60}
            value={facts.code}
            status={facts.code && !CODE.test(facts.code.trim()) ? "error" : undefined}
            onChange={(event) => change({ code: event.target.value })}
          />
        </label>
        <label className="labelled">
          {t("promises.name")}
          <Input
            disabled={disabled}
            maxLength={120}
            value={facts.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        </label>
      </div>
      <label className="labelled">
        {t("visit.zone")}
        <Select
          disabled={disabled}
          showSearch={{ optionFilterProp: "label" }}
          aria-label={t("visit.zone")}
          value={facts.time_zone}
          options={zones}
          onChange={(time_zone) => change({ time_zone })}
        />
      </label>
      <Checkbox
        disabled={disabled}
        checked={facts.always}
        onChange={(event) => change({ always: event.target.checked })}
      >
        {t("calendar.always")}
      </Checkbox>
      {!facts.always && (
        <div className="hours-week">
          {DAYS.map((day) => (
            <DayHours
              key={day}
              day={day}
              disabled={disabled}
              spans={weekly[day] ?? []}
              onChange={(spans) => change({ weekly: { ...weekly, [day]: spans } })}
            />
          ))}
        </div>
      )}
      {empty && (
        <p className="form-error" role="alert">
          {t("calendar.needsHours")}
        </p>
      )}
    </div>
  );
}

function Days({ facts, change, disabled, calendar }: PartProps & { calendar?: Calendar }) {
  const { t, f } = useWords();
  const holidays = calendar?.public_holidays ?? [];
  const today = new Date().toISOString().slice(0, 10);
  const coming = holidays.filter((one) => one.on >= today).slice(0, 12);
  return (
    <div className="dialog-fields">
      <div className="form-two">
        <label className="labelled">
          {t("calendar.country")}
          <Input
            disabled={disabled}
            maxLength={2}
            value={facts.country}
            onChange={(event) => change({ country: event.target.value.toUpperCase() })}
          />
        </label>
        <label className="labelled">
          {t("calendar.subdivision")}
          <Input
            disabled={disabled}
            maxLength={10}
            value={facts.subdivision}
            onChange={(event) => change({ subdivision: event.target.value.toUpperCase() })}
          />
        </label>
      </div>
      <p className="quiet">
        {calendar?.public_until
          ? t("calendar.publicUntil", { date: f.date(calendar.public_until) })
          : t("calendar.publicHint")}
      </p>
      {coming.length > 0 && (
        <ul className="day-chips">
          {coming.map((one) => (
            <li key={one.on} className="tag" title={one.name}>
              {f.date(one.on)} {one.name}
            </li>
          ))}
        </ul>
      )}
      <DayList
        title={t("calendar.daysOff")}
        disabled={disabled}
        days={(facts.days_off ?? []).map((one) => ({ on: one.on, note: one.name ?? "" }))}
        noteLabel={t("calendar.dayName")}
        onChange={(days) => change({ days_off: days.map((one) => ({ on: one.on, name: one.note })) })}
      />
      <DayList
        title={t("calendar.extraDays")}
        disabled={disabled}
        hours
        days={(facts.extra_days ?? []).map((one) => ({
          on: one.on,
          note: (one.spans ?? []).map(([from, to]) => `${from}-${to}`).join(" "),
        }))}
        noteLabel={t("calendar.extraHours")}
        onChange={(days) =>
          change({
            extra_days: days.map((one) => ({
              on: one.on,
              spans: one.note
                .split(/\s+/)
                .filter(Boolean)
                .map((span) => span.split("-") as [string, string]),
            })),
          })
        }
      />
    </div>
  );
}
