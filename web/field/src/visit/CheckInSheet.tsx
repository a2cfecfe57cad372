import { useState } from "react";
import { visitKey, visitPath } from "../api/visits";
import type { VisitFile } from "../api/visits";
import { useAct } from "../commands/useAct";
import { useWords } from "../i18n/LanguageProvider";
import { Button } from "../ui/Button";
import { Refusal, Stepper, TextInput } from "../ui/Field";
import { Icon } from "../ui/Icon";
import { Sheet } from "../ui/Sheet";
import { Spinner } from "../ui/States";
import { usePosition } from "../ui/usePosition";

/** Minutes on the way from setting out until now; none where nobody set out. */
export function minutesSince(departed: string | null, now: number): number {
  if (!departed) return 0;
  return Math.min(600, Math.max(0, Math.round((now - new Date(departed).getTime()) / 60_000)));
}

/** "I am here": with the position where the person allows it, and without it just as well. */
export function CheckInSheet({ file, onClose }: { file: VisitFile; onClose: () => void }) {
  const { t, f } = useWords();
  const position = usePosition();
  const [place, setPlace] = useState("");
  const [minutes, setMinutes] = useState(() => minutesSince(file.departed_at, Date.now()));
  const { act, busy, problem } = useAct();
  const submit = async () => {
    const body = { ...position.found, place, ...(minutes ? { travel_minutes: minutes } : {}) };
    const outcome = await act(
      { kind: "check-in", subject: file.number, path: visitPath(file.number, "/check-in"), body },
      [visitKey(file.number), ["visits"], ["ticket", file.ticket]],
    );
    if (outcome && outcome.state !== "refused") onClose();
  };
  return (
    <Sheet title={t("checkIn.title")} onClose={onClose}>
      <div className="form">
        <div className="note" role="status">
          {position.state === "asking" ? <Spinner /> : <Icon name="map" small />}
          <div>
            {position.state === "asking" && t("checkIn.asking")}
            {position.state === "none" && t("checkIn.none")}
            {position.found &&
              t("checkIn.found", { metres: f.number(Math.round(position.found.accuracy_m)) })}
          </div>
          {position.state === "none" && (
            <Button kind="bare" onClick={position.ask}>
              {t("act.retry")}
            </Button>
          )}
        </div>
        <Stepper label={t("checkIn.travel")} value={minutes} onChange={setMinutes} least={0} most={600} step={5} />
        <TextInput label={t("checkIn.place")} value={place} onChange={setPlace} optional maxLength={200} />
        <Refusal problem={problem} />
        <Button size="big" wide icon="check" busy={busy} onClick={() => void submit()}>
          {t(position.found ? "checkIn.submit" : "checkIn.without")}
        </Button>
      </div>
    </Sheet>
  );
}
