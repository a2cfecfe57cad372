import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { useFindings } from "../api/faults";
import { useRuns } from "../api/sop";
import { visitKey, visitPath } from "../api/visits";
import type { VisitFile } from "../api/visits";
import { useCommands } from "../commands/outbox";
import { useAct } from "../commands/useAct";
import { useWords } from "../i18n/LanguageProvider";
import { typedNumber } from "../i18n/format";
import { Button } from "../ui/Button";
import { Choice, Refusal, Select, TextArea, TextInput } from "../ui/Field";
import { Icon } from "../ui/Icon";
import { useToast } from "../ui/Toast";
import { BROKEN_OFF, REPEAT_REASONS, RESULTS } from "../visit/terms";
import { checklist } from "./checklist";
import type { Item } from "./checklist";
import { VisitActPage } from "./VisitActPage";

export default function FinishPage() {
  const { t } = useWords();
  return <VisitActPage title={t("finish.title")}>{(file) => <Finish file={file} />}</VisitActPage>;
}

const NOTHING = { result: "", repeat: "", reason: "", unfinished: "", km: "", nextNote: "", nextSkill: "", nextParts: "", nextFrom: "" };

function Finish({ file }: { file: VisitFile }) {
  const { t } = useWords();
  const { say } = useToast();
  const navigate = useNavigate();
  const runs = useRuns(file.number).data ?? [];
  const findings = useFindings(file.number).data ?? [];
  const unsent = useCommands(file.number).filter((one) => one.kind !== "finish").length;
  const [given, setGiven] = useState(NOTHING);
  const put = (name: keyof typeof NOTHING) => (value: string) => setGiven((before) => ({ ...before, [name]: value }));
  const { act, busy, problem } = useAct();
  const { result } = given;
  const broken = BROKEN_OFF.includes(result);
  const items = checklist({ file, runs, findings: findings.filter((one) => !one.superseded_by).length, unsent, result });
  const sopOpen = items.some((one) => one.key === "sop" && !one.ok);
  const blocked = items.some((one) => one.must && !one.ok && !(one.key === "sop" && given.unfinished.trim()));
  const again = result !== "" && result !== "solved";
  const ready = result !== "" && !blocked && (!broken || given.reason.trim() !== "") && (!again || broken || given.repeat !== "");

  const submit = async () => {
    const km = typedNumber(given.km);
    const next = {
      note: given.nextNote.trim(), skill: given.nextSkill.trim(), parts: given.nextParts.split(/[\s,，;；]+/).filter(Boolean),
      ...(given.nextFrom ? { wished_from: new Date(given.nextFrom).toISOString() } : {}),
    };
    const wished = again && (next.note || next.skill || next.parts.length > 0 || given.nextFrom);
    const body = {
      result, ...(again && given.repeat ? { repeat_reason: given.repeat } : {}),
      ...(given.reason.trim() ? { reason: given.reason.trim() } : {}),
      ...(given.unfinished.trim() ? { unfinished_reason: given.unfinished.trim() } : {}),
      ...(km !== null ? { travel_km: km } : {}), ...(wished ? { next_visit: next } : {}),
    };
    const outcome = await act(
      { kind: "finish", summary: t.label("visitResult", result), subject: file.number, path: visitPath(file.number, "/finish"), body },
      [visitKey(file.number), ["visits"], ["ticket", file.ticket], ["device", file.serial]],
    );
    if (!outcome || outcome.state === "refused") return;
    if (outcome.state === "done") say(t("finish.done"), "green");
    void navigate(`/visits/${file.number}`);
  };

  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Checklist items={items} number={file.number} />
      <section className="card">
        <Choice
          label={t("finish.result")} value={result} onChange={put("result")}
          options={RESULTS.map((one) => [one, t.label("visitResult", one)] as const)}
        />
        {again && (
          <Select
            label={t("finish.repeat")} value={given.repeat} onChange={put("repeat")}
            options={[["", broken ? t("finish.usual") : t("parts.choose")], ...REPEAT_REASONS.map((one) => [one, t.label("repeatReason", one)] as const)]}
          />
        )}
        {broken && (
          <TextArea label={t("finish.broken")} value={given.reason} onChange={put("reason")} rows={2} required maxLength={1000} />
        )}
        {sopOpen && !broken && result !== "" && (
          <TextArea
            label={t("finish.unfinished")} hint={t("finish.unfinishedHint")} value={given.unfinished}
            onChange={put("unfinished")} rows={2} maxLength={1000} optional
          />
        )}
        <TextInput label={t("finish.km")} value={given.km} onChange={put("km")} inputMode="decimal" unit="km" optional />
      </section>
      {again && (
        <section className="card">
          <h2>{t("finish.next")}</h2>
          <TextArea label={t("finish.nextNote")} value={given.nextNote} onChange={put("nextNote")} rows={2} optional maxLength={2000} />
          <TextInput label={t("finish.nextParts")} value={given.nextParts} onChange={put("nextParts")} optional />
          <TextInput label={t("finish.nextSkill")} value={given.nextSkill} onChange={put("nextSkill")} optional maxLength={100} />
          <TextInput label={t("finish.nextFrom")} value={given.nextFrom} onChange={put("nextFrom")} type="datetime-local" optional />
        </section>
      )}
      <Refusal problem={problem} />
      <div className="action-bar">
        <Button type="submit" size="big" icon="flag" busy={busy} disabled={!ready}>
          {t("finish.submit")}
        </Button>
      </div>
    </form>
  );
}

function Checklist({ items, number }: { items: Item[]; number: string }) {
  const { t } = useWords();
  return (
    <section className="card" aria-labelledby="check-title">
      <h2 id="check-title">
        <Icon name="list" small />
        {t("check.title")}
      </h2>
      <ul className="rows checklist">
        {items.map((one) => (
          <li key={one.key} className={one.ok ? "ok" : one.must ? "must" : "ask"}>
            <Icon name={one.ok ? "check" : one.must ? "stop" : "warn"} small />
            <span className="row-main">
              {t(`check.${one.key}`, { count: one.count ?? 0 })}
              <span className="spoken-only"> {t(one.ok ? "check.ok" : one.must ? "check.must" : "check.ask")}</span>
            </span>
            {!one.ok && one.to && (
              <Link className="button quiet-button" to={`/visits/${number}/${one.to}`}>
                {t("check.go")}
                <Icon name="next" small />
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
