import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { terms, useFindings, useSuggestions } from "../api/faults";
import type { Finding, Suggestion } from "../api/faults";
import { useTicket, visitKey, visitPath } from "../api/visits";
import type { VisitFile } from "../api/visits";
import { useAct } from "../commands/useAct";
import { useWords } from "../i18n/LanguageProvider";
import { Button } from "../ui/Button";
import { Refusal, TextInput } from "../ui/Field";
import { Icon } from "../ui/Icon";
import { Failed, Loading, Tag } from "../ui/States";
import { useToast } from "../ui/Toast";
import { useLate } from "../ui/useLate";
import { VisitActPage } from "./VisitActPage";

const SLOTS = ["component", "symptom", "cause", "remedy"] as const;
type Slot = (typeof SLOTS)[number];
/** A concept of the termbase with its name, or words that are none yet. */
interface Said {
  concept: string;
  text: string;
}
type Told = Record<Slot, Said>;
const SILENT: Told = {
  component: { concept: "", text: "" }, symptom: { concept: "", text: "" },
  cause: { concept: "", text: "" }, remedy: { concept: "", text: "" },
};

export default function FindingsPage() {
  const { t } = useWords();
  return <VisitActPage title={t("work.findings")}>{(file) => <Findings file={file} />}</VisitActPage>;
}

function Findings({ file }: { file: VisitFile }) {
  const found = useFindings(file.number);
  const [correcting, setCorrecting] = useState<Finding | null>(null);
  if (found.isPending) return <Loading lines={1} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  return (
    <>
      {found.data.filter((one) => !one.superseded_by).map((one) => (
        <FindingCard key={one.id} finding={one} onCorrect={() => setCorrecting(one)} />
      ))}
      <FindingForm key={correcting?.id ?? found.data.length} file={file} corrects={correcting} onDone={() => setCorrecting(null)} />
    </>
  );
}

function FindingCard({ finding, onCorrect }: { finding: Finding; onCorrect: () => void }) {
  const { t } = useWords();
  return (
    <article className="card">
      <dl className="facts">
        {SLOTS.map((slot) => {
          const said = finding[slot].label || finding[slot].text;
          return said ? (
            <div key={slot} className="fact-row">
              <dt>{t(`finding.${slot}`)}</dt>
              <dd>{said}</dd>
            </div>
          ) : null;
        })}
      </dl>
      {finding.note && <p className="prose">{finding.note}</p>}
      <p className="quiet figures">
        {finding.fault} · {finding.actor}
      </p>
      <Button kind="bare" icon="pen" onClick={onCorrect}>
        {t("finding.correct")}
      </Button>
    </article>
  );
}

const saidOf = (slot: Finding["cause"]): Said => ({ concept: slot.concept, text: slot.label || slot.text });

function FindingForm({ file, corrects, onDone }: { file: VisitFile; corrects: Finding | null; onDone: () => void }) {
  const { t, language } = useWords();
  const { say } = useToast();
  const ticket = useTicket(file.ticket).data?.ticket;
  const [told, setTold] = useState<Told>(() =>
    corrects
      ? { component: saidOf(corrects.component), symptom: saidOf(corrects.symptom), cause: saidOf(corrects.cause), remedy: saidOf(corrects.remedy) }
      : SILENT,
  );
  const [fault, setFault] = useState(corrects?.fault ?? "");
  const { act, busy, problem } = useAct();
  const put = (slot: Slot, said: Said) => setTold((before) => ({ ...before, [slot]: said }));
  const take = (one: Suggestion) => {
    setFault(one.fault.number);
    setTold({
      component: saidOf(one.fault.component), symptom: saidOf(one.fault.symptom),
      cause: saidOf(one.fault.cause), remedy: saidOf(one.fault.remedy),
    });
  };
  const submit = async () => {
    const slots = Object.fromEntries(
      SLOTS.map((slot) => {
        const { concept, text } = told[slot];
        return [slot, concept ? { concept } : { text: text.trim(), lang: text.trim() ? language : "" }];
      }),
    );
    const body = {
      ...slots, lang: language, error_codes: ticket?.error_codes ?? [],
      ...(fault ? { fault } : {}), ...(corrects ? { replaces: corrects.id } : {}),
    };
    const outcome = await act(
      { kind: "findings", summary: told.cause.text || told.component.text, subject: file.number, path: visitPath(file.number, "/findings"), body },
      [visitKey(file.number)],
    );
    if (!outcome || outcome.state === "refused") return;
    if (outcome.state === "done") say(t("finding.saved"), "green");
    onDone();
  };
  const empty = SLOTS.every((slot) => !told[slot].text.trim());
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h2>{t(corrects ? "finding.correct" : "finding.new")}</h2>
      <Known file={file} told={told} onTake={take} />
      {SLOTS.map((slot) => (
        <TermInput
          key={slot} slot={slot} said={told[slot]}
          onSaid={(said) => {
            put(slot, said);
            if (slot === "cause" || slot === "component") setFault("");
          }}
        />
      ))}
      {fault && <p className="quiet">{t("finding.asFault", { fault })}</p>}
      <Refusal problem={problem} />
      <div className="buttons">
        {corrects && (
          <Button kind="quiet" onClick={onDone}>
            {t("act.cancel")}
          </Button>
        )}
        <Button type="submit" size="big" icon="check" busy={busy} disabled={empty}>
          {t("act.save")}
        </Button>
      </div>
    </form>
  );
}

/** What the library knows, to be taken over with one tap and then changed. */
function Known({ file, told, onTake }: { file: VisitFile; told: Told; onTake: (one: Suggestion) => void }) {
  const { t, f } = useWords();
  const ticket = useTicket(file.ticket).data?.ticket;
  const typed = useLate([told.component.text, told.symptom.text].filter(Boolean).join(" "), 400);
  const text = (typed || [ticket?.title, ticket?.description].filter(Boolean).join(" ")).slice(0, 400);
  const found = useSuggestions({ model: ticket?.model, text, code: ticket?.error_codes });
  if (!found.data?.length) return null;
  return (
    <ul className="rows" aria-label={t("fault.title")}>
      {found.data.slice(0, 3).map((one) => (
        <li key={one.fault.number}>
          <button type="button" className="row-link" onClick={() => onTake(one)}>
            <Icon name="spark" small />
            <span className="row-main wrap">
              {one.fault.cause.label || one.fault.component.label}
              <br />
              <span className="quiet">{one.fault.remedy.label}</span>
            </span>
            <Tag tone="ai">{f.percent(one.share)}</Tag>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Words of one's own, or a concept of the termbase chosen from what fits them. */
function TermInput({ slot, said, onSaid }: { slot: Slot; said: Said; onSaid: (said: Said) => void }) {
  const { t, language } = useWords();
  const asked = useLate(said.concept ? "" : said.text.trim(), 300);
  const found = useQuery({
    queryKey: ["terms", asked], queryFn: () => terms(asked), enabled: asked.length > 1, staleTime: 600_000,
  });
  const nameOf = (names: Record<string, string[]>): string =>
    names[language]?.[0] ?? names.en?.[0] ?? Object.values(names)[0]?.[0] ?? "";
  const offered = said.concept || asked.length < 2 ? [] : (found.data?.items ?? []).slice(0, 5);
  return (
    <div className="field">
      <TextInput
        label={t(`finding.${slot}`)} hint={said.concept ? t("finding.known") : t(`finding.${slot}Hint`)} value={said.text}
        onChange={(text) => onSaid({ concept: "", text })} autoComplete="off" maxLength={500}
      />
      {offered.length > 0 && (
        <div className="line" role="group" aria-label={t("finding.offered")}>
          {offered.map((one) => (
            <button
              key={one.key} type="button" className="chip"
              onClick={() => onSaid({ concept: one.key, text: nameOf(one.names) })}
            >
              {nameOf(one.names)}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
