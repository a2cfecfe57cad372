import { useState } from "react";
import { outbox, useCommands } from "../commands/outbox";
import type { Command } from "../commands/commands";
import { useWords } from "../i18n/LanguageProvider";
import { Icon } from "../ui/Icon";
import { Confirm } from "../ui/Sheet";
import { Spinner } from "../ui/States";

/** What the server has not said yes to: on its way, waiting for a network, or refused. */
export function Pending({ subject, except }: { subject?: string; except?: string }) {
  const { t } = useWords();
  const commands = useCommands(subject).filter((one) => one.kind !== except || one.state === "refused");
  if (commands.length === 0) return null;
  return (
    <ul className="pending" aria-label={t("outbox.title")}>
      {commands.map((one) => (
        <PendingAct key={one.id} command={one} named={subject === undefined} />
      ))}
    </ul>
  );
}

function PendingAct({ command, named }: { command: Command; named: boolean }) {
  const { t, f } = useWords();
  const [asking, setAsking] = useState(false);
  const { state, failure } = command;
  const what = [t.label("act", command.kind), command.summary].filter(Boolean).join(" · ");
  const why = (failure && t.problem(failure.code)) || failure?.detail || (failure && failure.status > 0 ? t("error.status", { status: failure.status }) : t("error.unreachable"));
  return (
    <li className={`pending-act ${state}`}>
      {state === "sending" ? <Spinner /> : <Icon name={state === "refused" ? "stop" : "clock"} small />}
      <div className="row-main">
        <p className="strong wrap">{what}</p>
        <p className="small">
          {named && `${command.subject} · `}
          <span className="figures">{f.time(command.made_at)}</span>
          {" · "}
          {state === "sending" ? t("outbox.sending") : state === "waiting" ? t("outbox.failed") : why}
        </p>
      </div>
      {state === "waiting" && (
        <button type="button" className="button quiet-button" onClick={() => outbox.retry(command.id)}>
          {t("act.retry")}
        </button>
      )}
      {state === "refused" && (
        <button type="button" className="button quiet-button" onClick={() => setAsking(true)}>
          {t("outbox.discard")}
        </button>
      )}
      {asking && (
        <Confirm
          title={t("outbox.discardTitle")}
          text={`${what}: ${why}`}
          yes={t("outbox.discard")}
          danger
          onYes={() => void outbox.drop(command.id)}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}
