import { useRef, useState } from "react";
import { useNavigate } from "react-router";
import { useTicket, visitKey, visitPath } from "../api/visits";
import type { VisitFile } from "../api/visits";
import { useAct } from "../commands/useAct";
import { useWords } from "../i18n/LanguageProvider";
import { Button } from "../ui/Button";
import { Check, Choice, Refusal, TextInput } from "../ui/Field";
import { SignaturePad } from "../ui/SignaturePad";
import type { Pad } from "../ui/SignaturePad";
import { Note } from "../ui/States";
import { useToast } from "../ui/Toast";
import { saysUnsigned, unsignedLine } from "./draft";
import { VisitActPage } from "./VisitActPage";

export default function SignPage() {
  const { t } = useWords();
  return (
    <VisitActPage title={t("work.sign")}>
      {(file) => (file.signed ? <Signed file={file} /> : <Signing key={file.revision} file={file} />)}
    </VisitActPage>
  );
}

function Signed({ file }: { file: VisitFile }) {
  const { t, f } = useWords();
  const { signature } = file;
  return (
    <article className="card">
      <Note tone="green">{t("sign.done")}</Note>
      {signature?.url && <img className="signature" src={signature.url} alt={t("sign.of", { name: signature.name })} />}
      <p>
        <span className="strong">{signature?.name}</span> {signature?.role}
      </p>
      <p className="quiet">{f.dateTime(signature?.signed_at)}</p>
    </article>
  );
}

const ABSENT = ["away", "refused", "remote", "other"] as const;

function Signing({ file }: { file: VisitFile }) {
  const { t } = useWords();
  const [absent, setAbsent] = useState(saysUnsigned(file.report));
  return (
    <>
      <details className="card" open={!file.report.trim()}>
        <summary>{t("sign.what")}</summary>
        <p className="prose">{file.report || t("sign.noReport")}</p>
      </details>
      <Check label={t("sign.absent")} checked={absent} onChange={setAbsent} />
      {absent ? <Absent file={file} /> : <Present file={file} />}
    </>
  );
}

function Present({ file }: { file: VisitFile }) {
  const { t } = useWords();
  const { say } = useToast();
  const navigate = useNavigate();
  const contact = useTicket(file.ticket).data?.contact;
  const [name, setName] = useState<string | null>(null);
  const [role, setRole] = useState<string | null>(null);
  const [drawn, setDrawn] = useState(false);
  const pad = useRef<Pad>(null);
  const { act, busy, problem } = useAct();
  const signer = name ?? contact?.name ?? "";
  const signerRole = role ?? (contact?.role ? t.label("contactRole", contact.role) : "");
  const submit = async () => {
    const body = { name: signer.trim(), role: signerRole.trim(), png: pad.current?.png() ?? "" };
    const outcome = await act(
      { kind: "signature", summary: body.name, subject: file.number, path: visitPath(file.number, "/signature"), body },
      [visitKey(file.number)],
    );
    if (!outcome || outcome.state === "refused") return;
    say(t("sign.done"), "green");
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
      <TextInput label={t("sign.name")} value={signer} onChange={setName} required maxLength={200} autoComplete="off" />
      <TextInput label={t("sign.role")} value={signerRole} onChange={setRole} optional maxLength={100} />
      <SignaturePad ref={pad} label={t("sign.here")} onDrawn={setDrawn} />
      {!drawn && <p className="hint">{t("sign.byWord")}</p>}
      <Refusal problem={problem} />
      <div className="action-bar">
        <Button type="submit" size="big" icon="check" busy={busy} disabled={!signer.trim()}>
          {t(drawn ? "sign.submit" : "sign.submitByWord")}
        </Button>
      </div>
    </form>
  );
}

/** Nobody signs: the report says so and why, where the customer and the office can read it. */
function Absent({ file }: { file: VisitFile }) {
  const { t, language } = useWords();
  const { say } = useToast();
  const navigate = useNavigate();
  const [why, setWhy] = useState<string>("away");
  const [words, setWords] = useState("");
  const { act, busy, problem } = useAct();
  const said = saysUnsigned(file.report);
  const submit = async () => {
    const reason = [t.label("absent", why), words.trim()].filter(Boolean).join(language === "zh" ? "，" : ", ");
    const report = [file.report.trim(), unsignedLine(language, reason)].filter(Boolean).join("\n");
    const outcome = await act(
      { kind: "report", subject: file.number, path: visitPath(file.number, "/report"), body: { report } },
      [visitKey(file.number)],
    );
    if (!outcome || outcome.state === "refused") return;
    say(t("sign.noted"));
    void navigate(`/visits/${file.number}`);
  };
  if (said) return <Note tone="amber">{t("sign.saidAbsent")}</Note>;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Choice
        label={t("sign.why")} value={why} onChange={setWhy}
        options={ABSENT.map((one) => [one, t.label("absent", one)] as const)}
      />
      <TextInput label={t("sign.more")} value={words} onChange={setWords} optional={why !== "other"} required={why === "other"} maxLength={300} />
      <Refusal problem={problem} />
      <div className="action-bar">
        <Button type="submit" size="big" busy={busy}>
          {t("sign.note")}
        </Button>
      </div>
    </form>
  );
}
