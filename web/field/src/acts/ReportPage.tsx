import { useIsFetching } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { useFindings } from "../api/faults";
import { useRuns } from "../api/sop";
import { visitKey, visitPath } from "../api/visits";
import type { VisitFile } from "../api/visits";
import { useCommands } from "../commands/outbox";
import { useAct } from "../commands/useAct";
import { useWords } from "../i18n/LanguageProvider";
import { Button } from "../ui/Button";
import { Refusal, TextArea, TextInput } from "../ui/Field";
import { Sheet } from "../ui/Sheet";
import { Loading, Note } from "../ui/States";
import { useToast } from "../ui/Toast";
import { readStored, writeStored } from "../ui/useStored";
import { draftReport } from "./draft";
import { VisitActPage } from "./VisitActPage";

export default function ReportPage() {
  const { t } = useWords();
  return (
    <VisitActPage title={t("work.report")}>
      {(file) => (file.signed ? <Signed file={file} /> : <Prepared file={file} />)}
    </VisitActPage>
  );
}

/** What the customer signed stands; it is opened again only with a reason. */
function Signed({ file }: { file: VisitFile }) {
  const { t } = useWords();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const { act, busy, problem } = useAct();
  const revise = async () => {
    const outcome = await act(
      { kind: "revise", subject: file.number, path: visitPath(file.number, "/revise"), body: { reason } },
      [visitKey(file.number)],
    );
    if (outcome && outcome.state !== "refused") setAsking(false);
  };
  return (
    <>
      <Note tone="green">{t("report.signed", { name: file.signature?.name ?? "" })}</Note>
      <article className="card prose">{file.report}</article>
      <Button kind="quiet" icon="pen" onClick={() => setAsking(true)}>
        {t("report.revise")}
      </Button>
      {asking && (
        <Sheet title={t("report.revise")} onClose={() => setAsking(false)}>
          <div className="form">
            <TextInput label={t("report.why")} value={reason} onChange={setReason} required />
            <Refusal problem={problem} />
            <Button wide size="big" busy={busy} disabled={!reason.trim()} onClick={() => void revise()}>
              {t("report.revise")}
            </Button>
          </div>
        </Sheet>
      )}
    </>
  );
}

/** The report is drawn up once everything that is under way has arrived. */
function Prepared({ file }: { file: VisitFile }) {
  const under = useCommands(file.number);
  const reading = useIsFetching({ queryKey: visitKey(file.number) }) > 0;
  const [opened, setOpened] = useState(false);
  const runs = useRuns(file.number);
  const findings = useFindings(file.number);
  const settled = !reading && !under.some((one) => one.state === "sending");
  const known = !runs.isPending && !findings.isPending;
  useEffect(() => {
    if (settled && known) setOpened(true);
  }, [settled, known]);
  if (!opened) return <Loading lines={1} />;
  return <Editor file={file} runs={runs.data ?? []} findings={findings.data ?? []} />;
}

type Facts = Parameters<typeof draftReport>[0];

function Editor({ file, runs, findings }: { file: VisitFile; runs: Facts["runs"]; findings: Facts["findings"] }) {
  const { t, f } = useWords();
  const { say } = useToast();
  const navigate = useNavigate();
  const draft = `report.${file.number}`;
  const facts = () => draftReport({ file, runs, findings }, t, f);
  const [text, setText] = useState(() => readStored(draft, "") || file.report || facts());
  const { act, busy, problem } = useAct();
  const write = (value: string) => {
    setText(value);
    writeStored(draft, value || null);
  };
  const submit = async () => {
    const outcome = await act(
      {
        kind: "report", subject: file.number, path: visitPath(file.number, "/report"),
        body: { report: text.trim() },
      },
      [visitKey(file.number)],
    );
    if (!outcome || outcome.state === "refused") return;
    writeStored(draft, null);
    say(t("report.saved"), "green");
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
      <TextArea label={t("report.label")} hint={t("report.hint")} value={text} onChange={write} rows={12} maxLength={20_000} />
      <Button kind="bare" icon="refresh" onClick={() => write(facts())}>
        {t("report.again")}
      </Button>
      <Refusal problem={problem} />
      <div className="action-bar">
        <Button type="submit" size="big" icon="check" busy={busy} disabled={!text.trim()}>
          {t("act.save")}
        </Button>
      </div>
    </form>
  );
}
