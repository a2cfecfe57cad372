import { Input, Select } from "antd";
import { useMemo } from "react";
import { useWords } from "../i18n/LanguageProvider";
import { allZones, fromZone, toZone } from "../ui/zoned";

/** A window as a form holds it: instants in UTC and the zone they are read in. */
export interface WindowValue {
  from: string;
  until: string;
  time_zone: string;
}

interface Props {
  value?: WindowValue;
  onChange?: (value: WindowValue) => void;
  id?: string;
}

/** Two hours from the next full hour, as a beginning. */
export function nextWindow(zone: string, now = new Date()): WindowValue {
  const start = new Date(now);
  start.setMinutes(60, 0, 0);
  const end = new Date(start.getTime() + 2 * 3_600_000);
  return { from: start.toISOString(), until: end.toISOString(), time_zone: zone };
}

/** When the engineer comes, on the clock of the place they come to. */
export function WindowField({ value, onChange, id }: Props) {
  const { t } = useWords();
  const zones = useMemo(() => allZones().map((zone) => ({ value: zone, label: zone })), []);
  if (!value) return null;
  const { time_zone: zone } = value;
  const set = (part: Partial<WindowValue>) => onChange?.({ ...value, ...part });
  const setFrom = (local: string) => {
    if (!local) return;
    const from = fromZone(local, zone);
    const length = new Date(value.until).getTime() - new Date(value.from).getTime();
    set({ from, until: new Date(new Date(from).getTime() + Math.max(length, 1_800_000)).toISOString() });
  };
  const moveZone = (next: string) =>
    set({
      time_zone: next,
      from: fromZone(toZone(value.from, zone), next),
      until: fromZone(toZone(value.until, zone), next),
    });
  return (
    <div className="window-field">
      <Input
        id={id}
        type="datetime-local"
        aria-label={t("visit.from")}
        value={toZone(value.from, zone)}
        onChange={(event) => setFrom(event.target.value)}
      />
      <span aria-hidden>–</span>
      <Input
        type="datetime-local"
        aria-label={t("visit.until")}
        value={toZone(value.until, zone)}
        min={toZone(value.from, zone)}
        onChange={(event) => event.target.value && set({ until: fromZone(event.target.value, zone) })}
      />
      <Select<string>
        showSearch={{ optionFilterProp: "label" }}
        aria-label={t("visit.zone")}
        value={zone}
        options={zones}
        onChange={moveZone}
      />
    </div>
  );
}
