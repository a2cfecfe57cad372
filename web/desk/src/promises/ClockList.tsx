import type { Clock } from "../api/promises";
import { useWords } from "../i18n/LanguageProvider";
import { DueTag } from "../ui/DueTag";
import { WhenText } from "../ui/WhenText";
import "../styles/promises.css";

/** The promises of a ticket that stand, or all of them; each with its rule and what it waits for. */
export function ClockList({ clocks }: { clocks: Clock[] }) {
  const { t } = useWords();
  return (
    <ul className="clocks">
      {clocks.map((clock) => (
        <li key={clock.id} data-late={clock.late}>
          <span className="clock-head">
            <strong>{t.label("dueKind", clock.kind)}</strong>
            {clock.shown === "stopped" ? (
              <span className="quiet">{t("clock.stopped")}</span>
            ) : (
              <DueTag due={{ kind: clock.kind, due_at: clock.due_at, state: clock.shown }} kind={false} />
            )}
          </span>
          <small>
            <ClockLine clock={clock} />
            <span>
              {t("clock.rule", { minutes: durationText(clock.target_minutes, t), policy: clock.policy })}
            </span>
            {clock.calendar && <span>{t("clock.calendar", { calendar: clock.calendar })}</span>}
          </small>
        </li>
      ))}
    </ul>
  );
}

function ClockLine({ clock }: { clock: Clock }) {
  const { t } = useWords();
  if (clock.met_at) {
    return (
      <span>
        {t(clock.late ? "clock.metLate" : "clock.metAt")} <WhenText at={clock.met_at} />
      </span>
    );
  }
  if (clock.paused_since) {
    return (
      <span>
        {t("clock.pausedSince")} <WhenText at={clock.paused_since} />
        {clock.remaining_seconds !== null &&
          ` · ${t("clock.leftWorking", { time: durationText(Math.round(clock.remaining_seconds / 60), t) })}`}
      </span>
    );
  }
  if (clock.stopped_at) return <span>{clock.stop_reason}</span>;
  return (
    <span>
      {t("clock.until")} <WhenText at={clock.due_at} />
    </span>
  );
}

type Words = ReturnType<typeof useWords>["t"];

/** Minutes in the largest units that leave nothing out: “2 h 30 min”, “3 d”. */
export function durationText(minutes: number, t: Words): string {
  const sign = minutes < 0 ? "−" : "";
  const all = Math.abs(minutes);
  const parts = [
    { count: Math.floor(all / 1440), unit: "day" },
    { count: Math.floor((all % 1440) / 60), unit: "hour" },
    { count: all % 60, unit: "minute" },
  ].filter((one) => one.count > 0);
  if (parts.length === 0) parts.push({ count: 0, unit: "minute" });
  return sign + parts.map(({ count, unit }) => `${count} ${t.label("unit", unit)}`).join(" ");
}
