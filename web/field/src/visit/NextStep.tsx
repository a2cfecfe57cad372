import { useState } from "react";
import { useNavigate } from "react-router";
import { visitKey, visitPath } from "../api/visits";
import type { TicketFile, VisitFile } from "../api/visits";
import { useAct } from "../commands/useAct";
import { useMay } from "../app/session";
import { useWords } from "../i18n/LanguageProvider";
import { Button } from "../ui/Button";
import { Refusal, TextArea } from "../ui/Field";
import { Icon } from "../ui/Icon";
import { Sheet } from "../ui/Sheet";
import { CheckInSheet } from "./CheckInSheet";
import { nextStep } from "./terms";

interface Props {
  file: VisitFile;
  state: string;
  contact: TicketFile["contact"];
}

/** The one act that comes next, under the thumb; those that may be skipped to beside it. */
export function NextStep({ file, state, contact }: Props) {
  const { t } = useWords();
  const navigate = useNavigate();
  const may = useMay("work:write");
  const [open, setOpen] = useState<"" | "confirm" | "check-in">("");
  const { act, busy, problem } = useAct();
  const step = nextStep({ state });
  const refresh = [visitKey(file.number), ["visits"]];
  const depart = () =>
    act({ kind: "depart", subject: file.number, path: visitPath(file.number, "/depart"), body: {} }, refresh);
  if (!may || !step) return null;
  return (
    <>
      <Refusal problem={problem} />
      <div className="action-bar">
        {step === "confirm" && (
          <>
            <Button kind="quiet" onClick={() => void depart()} busy={busy}>
              {t("step.depart")}
            </Button>
            <Button size="big" icon="check" onClick={() => setOpen("confirm")}>
              {t("step.confirm")}
            </Button>
          </>
        )}
        {step === "depart" && (
          <>
            <Button kind="quiet" onClick={() => setOpen("check-in")}>
              {t("step.check-in")}
            </Button>
            <Button size="big" icon="van" onClick={() => void depart()} busy={busy}>
              {t("step.depart")}
            </Button>
          </>
        )}
        {step === "check-in" && (
          <Button size="big" icon="map" onClick={() => setOpen("check-in")}>
            {t("step.check-in")}
          </Button>
        )}
        {step === "finish" && (
          <Button size="big" icon="flag" onClick={() => void navigate("finish", { relative: "path" })}>
            {t("step.finish")}
          </Button>
        )}
      </div>
      {open === "confirm" && <ConfirmSheet file={file} contact={contact} onClose={() => setOpen("")} />}
      {open === "check-in" && <CheckInSheet file={file} onClose={() => setOpen("")} />}
    </>
  );
}

function ConfirmSheet({ file, contact, onClose }: { file: VisitFile; contact: Props["contact"]; onClose: () => void }) {
  const { t, f } = useWords();
  const [note, setNote] = useState(contact?.name ?? "");
  const { act, busy, problem } = useAct();
  const { window } = file;
  const submit = async () => {
    const outcome = await act(
      { kind: "confirm", subject: file.number, path: visitPath(file.number, "/confirm"), body: { note } },
      [visitKey(file.number), ["visits"]],
    );
    if (outcome && outcome.state !== "refused") onClose();
  };
  return (
    <Sheet title={t("confirm.title")} onClose={onClose}>
      <div className="form">
        <p>
          {t("confirm.what", {
            window: `${f.day(window.from, window.time_zone)} ${f.span(window.from, window.until, window.time_zone)}`,
          })}
        </p>
        {contact?.phone && (
          <a className="button quiet-button" href={`tel:${contact.phone}`}>
            <Icon name="phone" small />
            {contact.name} · {contact.phone}
          </a>
        )}
        <TextArea label={t("confirm.with")} value={note} onChange={setNote} rows={2} optional />
        <Refusal problem={problem} />
        <Button size="big" wide icon="check" busy={busy} onClick={() => void submit()}>
          {t("confirm.submit")}
        </Button>
      </div>
    </Sheet>
  );
}
