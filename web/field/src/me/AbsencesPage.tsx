import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { get, segment } from "../api/client";
import { useMyself } from "../api/engineers";
import type { components } from "../api/schema";
import { useAct } from "../commands/useAct";
import { useWords } from "../i18n/LanguageProvider";
import { Button } from "../ui/Button";
import { Refusal, Select, TextInput } from "../ui/Field";
import { Page } from "../ui/Page";
import { Confirm, Sheet } from "../ui/Sheet";
import { Empty, Failed, Loading, Note, Tag } from "../ui/States";
import { useToast } from "../ui/Toast";
import { Pending } from "../visit/Pending";

type Absence = components["schemas"]["AbsenceView"];
const KINDS = ["leave", "sick", "training", "other"] as const;
const TONE: Record<string, string> = { approved: "green", requested: "amber", rejected: "red", cancelled: "" };
const SUBJECT = "absences";

/** When I am away: asked for here, decided by the dispatcher; who is ill is away at once. */
export default function AbsencesPage() {
  const { t } = useWords();
  const code = useMyself().data?.code ?? "";
  const [asking, setAsking] = useState(false);
  const found = useQuery({
    queryKey: ["absences", code],
    queryFn: async () => (await get<{ items: Absence[] }>(`/v1/engineers/${segment(code)}/absences`)).items,
    enabled: code !== "",
  });
  return (
    <Page title={t("me.absences")} back="/me">
      <Pending subject={SUBJECT} />
      <Button size="big" wide icon="plus" disabled={!code} onClick={() => setAsking(true)}>
        {t("absence.ask")}
      </Button>
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isLoading && <Loading lines={2} />}
      {found.data?.length === 0 && <Empty icon="today" title={t("absence.none")} />}
      {found.data?.map((one) => <AbsenceCard key={one.id} absence={one} />)}
      {asking && <AskSheet code={code} onClose={() => setAsking(false)} />}
    </Page>
  );
}

function AbsenceCard({ absence }: { absence: Absence }) {
  const { t, f } = useWords();
  const [asking, setAsking] = useState(false);
  const { act, busy, problem } = useAct();
  const open = absence.state !== "cancelled" && absence.state !== "rejected" && absence.until > new Date().toISOString();
  const span = `${f.dateTime(absence.from)} – ${f.dateTime(absence.until)}`;
  const cancel = async () => {
    setAsking(false);
    await act(
      {
        kind: "absence", summary: span, subject: SUBJECT, bare: true, body: {},
        path: `/v1/engineers/${segment(absence.engineer)}/absences/${absence.id}/cancel`,
      },
      [["absences"]],
    );
  };
  return (
    <article className="card">
      <p className="line">
        <span className="strong">{t.label("absenceKind", absence.kind)}</span>
        <Tag tone={TONE[absence.state]}>{t.label("absenceState", absence.state)}</Tag>
      </p>
      <p className="figures">{span}</p>
      {absence.note && <p className="prose">{absence.note}</p>}
      {absence.answer && <Note>{absence.answer}</Note>}
      <Refusal problem={problem} />
      {open && (
        <Button kind="quiet" busy={busy} onClick={() => setAsking(true)}>
          {t("absence.cancel")}
        </Button>
      )}
      {asking && (
        <Confirm
          title={t("absence.cancel")} text={span} yes={t("absence.cancel")} danger
          onYes={() => void cancel()} onClose={() => setAsking(false)}
        />
      )}
    </article>
  );
}

function AskSheet({ code, onClose }: { code: string; onClose: () => void }) {
  const { t } = useWords();
  const { say } = useToast();
  const [kind, setKind] = useState<string>("leave");
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  const [note, setNote] = useState("");
  const { act, busy, problem } = useAct();
  const wrong = from !== "" && until !== "" && new Date(until) <= new Date(from);
  const submit = async () => {
    const body = { kind, from: new Date(from).toISOString(), until: new Date(until).toISOString(), note: note.trim() };
    const outcome = await act(
      { kind: "absence", summary: t.label("absenceKind", kind), subject: SUBJECT, path: `/v1/engineers/${segment(code)}/absences`, body, bare: true },
      [["absences"], ["visits"]],
    );
    if (!outcome || outcome.state === "refused") return;
    if (outcome.state === "done") say(t("absence.asked"), "green");
    onClose();
  };
  return (
    <Sheet title={t("absence.ask")} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Select label={t("absence.kind")} value={kind} onChange={setKind} options={KINDS.map((one) => [one, t.label("absenceKind", one)] as const)} />
        <TextInput label={t("absence.from")} type="datetime-local" value={from} onChange={setFrom} required />
        <TextInput
          label={t("absence.until")} type="datetime-local" value={until} onChange={setUntil} required
          problem={wrong ? t("absence.order") : undefined}
        />
        <TextInput label={t("absence.note")} value={note} onChange={setNote} optional maxLength={1000} />
        {kind === "sick" && <p className="hint">{t("absence.sickHint")}</p>}
        <Refusal problem={problem} />
        <Button type="submit" size="big" wide busy={busy} disabled={!from || !until || wrong}>
          {t("absence.send")}
        </Button>
      </form>
    </Sheet>
  );
}
