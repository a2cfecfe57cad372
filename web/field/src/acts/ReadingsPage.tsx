import { useState } from "react";
import type { FormEvent } from "react";
import { visitKey, visitPath } from "../api/visits";
import type { VisitFile } from "../api/visits";
import { useAct } from "../commands/useAct";
import { useWords } from "../i18n/LanguageProvider";
import { typedNumber } from "../i18n/format";
import { Button } from "../ui/Button";
import { NumberInput, Refusal, TextInput } from "../ui/Field";
import { Icon } from "../ui/Icon";
import { Note } from "../ui/States";
import { judged } from "./limits";
import { VisitActPage } from "./VisitActPage";

export default function ReadingsPage() {
  const { t } = useWords();
  return (
    <VisitActPage title={t("work.readings")}>
      {(file) => (
        <>
          <ReadingForm file={file} />
          <ReadingList file={file} />
        </>
      )}
    </VisitActPage>
  );
}

const EMPTY = { name: "", value: "", unit: "", low: "", high: "" };

function ReadingForm({ file }: { file: VisitFile }) {
  const { t } = useWords();
  const [given, setGiven] = useState(EMPTY);
  const { act, busy, problem } = useAct();
  const put = (name: keyof typeof EMPTY) => (value: string) => setGiven((before) => ({ ...before, [name]: value }));
  const [value, low, high] = [given.value, given.low, given.high].map(typedNumber);
  const wrong = given.value.trim() !== "" && value === null;
  const crossed = low != null && high != null && low > high;
  const ok = value == null ? null : judged(value, { low: low ?? null, high: high ?? null });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (value == null || crossed) return;
    const body = { name: given.name.trim(), value, unit: given.unit.trim(), low: low ?? null, high: high ?? null };
    const outcome = await act(
      {
        kind: "readings", summary: `${body.name} ${value} ${body.unit}`, subject: file.number,
        path: visitPath(file.number, "/readings"), body,
      },
      [visitKey(file.number)],
    );
    if (outcome && outcome.state !== "refused") setGiven({ ...EMPTY, unit: given.unit });
  };
  return (
    <form className="card" onSubmit={(event) => void submit(event)}>
      <TextInput label={t("reading.name")} value={given.name} onChange={put("name")} required maxLength={120} />
      <NumberInput
        label={t("reading.value")} value={given.value} onChange={put("value")} unit={given.unit} required
        problem={wrong ? t("reading.noNumber") : undefined}
      />
      <div className="pair three">
        <TextInput label={t("reading.unit")} value={given.unit} onChange={put("unit")} maxLength={20} />
        <TextInput label={t("reading.low")} value={given.low} onChange={put("low")} inputMode="decimal" />
        <TextInput
          label={t("reading.high")} value={given.high} onChange={put("high")} inputMode="decimal"
          problem={crossed ? t("reading.crossed") : undefined}
        />
      </div>
      <Verdict ok={ok} />
      <Refusal problem={problem} />
      <Button type="submit" size="big" wide busy={busy} disabled={value == null || crossed || !given.name.trim()}>
        {t("reading.add")}
      </Button>
    </form>
  );
}

/** Said at once, before anything is sent. */
export function Verdict({ ok }: { ok: boolean | null }) {
  const { t } = useWords();
  if (ok === null) return null;
  return (
    <Note tone={ok ? "green" : "red"} role="status">
      <p className="strong">{t(ok ? "reading.ok" : "reading.bad")}</p>
    </Note>
  );
}

function ReadingList({ file }: { file: VisitFile }) {
  const { t, f } = useWords();
  if (file.readings.length === 0) return <p className="quiet">{t("reading.none")}</p>;
  return (
    <ul className="card rows">
      {file.readings.map((one) => (
        <li key={one.id}>
          <div className="row-main">
            <p className="wrap">{one.name}</p>
            <p className="quiet figures">
              {one.low !== null && `≥ ${f.number(one.low, 6)} `}
              {one.high !== null && `≤ ${f.number(one.high, 6)} `}
              {f.time(one.happened_at)}
            </p>
          </div>
          <span className="figures strong">
            {f.number(one.value, 6)} {one.unit}
          </span>
          {one.ok !== null && (
            <span className={one.ok ? "mark good" : "mark bad"}>
              <Icon name={one.ok ? "check" : "warn"} small />
              <span className="spoken-only">{t(one.ok ? "reading.ok" : "reading.bad")}</span>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
