import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useId, useState } from "react";
import { visitKey, visitPath } from "../api/visits";
import { outbox, useCommands } from "../commands/outbox";
import type { Command, Outcome } from "../commands/commands";
import { useWords } from "../i18n/LanguageProvider";
import { Icon } from "../ui/Icon";
import { Refusal } from "../ui/Field";
import type { ApiProblem } from "../api/problem";
import { Spinner } from "../ui/States";
import { shrink } from "../ui/photo";

interface Props {
  number: string;
  when: string;
  caption: string;
  /** Where pictures go that belong to a step of a procedure; else to the visit itself. */
  path?: string;
  onAll?: () => void;
  /** Told of the answer to each picture that arrived. */
  onSent?: (answer: unknown) => void;
}

/** Takes or picks pictures, makes them small, and sends one after the other. */
export function PhotoTaker({ number, when, caption, path, onAll, onSent }: Props) {
  const { t } = useWords();
  const id = useId();
  const client = useQueryClient();
  const [preparing, setPreparing] = useState(0);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const target = path ?? visitPath(number, "/photos");
  const under = useCommands(number).filter((one) => one.path === target);

  const send = async (picture: File): Promise<Outcome> => {
    const blob = await shrink(picture);
    setPreparing((count) => count - 1);
    const name = `${when}.${blob.type === "image/png" ? "png" : "jpg"}`;
    return outbox.add({
      kind: "photos", summary: t.label("photoKind", when), subject: number, path: target,
      body: { ...(path ? {} : { when }), caption }, file: { field: "file", name, blob },
    });
  };
  const take = async (files: FileList | null) => {
    const pictures = [...(files ?? [])];
    if (pictures.length === 0) return;
    setProblem(null);
    setPreparing((count) => count + pictures.length);
    // Small ones are made one by one, so that an old phone does not run out of memory.
    const outcomes: Promise<Outcome>[] = [];
    for (const picture of pictures) {
      const sent = send(picture);
      outcomes.push(
        sent.then((outcome) => {
          if (outcome.state === "done") onSent?.(outcome.answer);
          if (outcome.state === "refused") setProblem(outcome.problem);
          return outcome;
        }),
      );
    }
    onAll?.();
    await Promise.all(outcomes);
    await client.invalidateQueries({ queryKey: visitKey(number) });
  };

  return (
    <>
      <input
        id={`${id}-take`} className="spoken-only" type="file" accept="image/*" capture="environment"
        onChange={(event) => {
          void take(event.target.files);
          event.target.value = "";
        }}
      />
      <input
        id={`${id}-pick`} className="spoken-only" type="file" accept="image/*" multiple
        onChange={(event) => {
          void take(event.target.files);
          event.target.value = "";
        }}
      />
      <div className="buttons">
        <label className="button big" htmlFor={`${id}-take`}>
          <Icon name="camera" small />
          {t("photo.take")}
        </label>
        <label className="button quiet-button big" htmlFor={`${id}-pick`}>
          <Icon name="upload" small />
          {t("photo.pick")}
        </label>
      </div>
      <Refusal problem={problem} />
      {preparing > 0 && (
        <p className="line" role="status">
          <Spinner /> {t("photo.preparing", { count: preparing })}
        </p>
      )}
      {under.length > 0 && (
        <ul className="photos" aria-label={t("outbox.title")}>
          {under.map((one) => (
            <UnsentPhoto key={one.id} command={one} />
          ))}
        </ul>
      )}
    </>
  );
}

/** A picture on its way, with the tap that sends it again. */
function UnsentPhoto({ command }: { command: Command }) {
  const { t } = useWords();
  const [url, setUrl] = useState("");
  const blob = command.file?.blob;
  useEffect(() => {
    if (!blob) return undefined;
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  const failed = command.state !== "sending";
  return (
    <li className={failed ? "unsent failed" : "unsent"}>
      <button type="button" disabled={!failed} onClick={() => outbox.retry(command.id)}>
        {url && <img src={url} width="120" height="120" alt={command.summary ?? ""} />}
      </button>
      <small role="status">{failed ? t("outbox.tap") : t("outbox.sending")}</small>
    </li>
  );
}
