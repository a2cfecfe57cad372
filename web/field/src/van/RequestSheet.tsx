import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { parts } from "../api/stock";
import { useAct } from "../commands/useAct";
import { useWords } from "../i18n/LanguageProvider";
import { spoken } from "../i18n/format";
import { Button } from "../ui/Button";
import { Refusal, Stepper, TextInput } from "../ui/Field";
import { Icon } from "../ui/Icon";
import { Sheet } from "../ui/Sheet";
import { Tag } from "../ui/States";
import { useToast } from "../ui/Toast";
import { useLate } from "../ui/useLate";

interface Props {
  van: string;
  /** Part to begin with; empty: none chosen yet. */
  part: string;
  onClose: () => void;
}

interface Line {
  part: string;
  quantity: number;
}

/** Ask for parts for the van. */
export function RequestSheet({ van, part, onClose }: Props) {
  const { t, language } = useWords();
  const { say } = useToast();
  const [lines, setLines] = useState<Line[]>(part ? [{ part, quantity: 1 }] : []);
  const [q, setQ] = useState("");
  const [by, setBy] = useState("");
  const [note, setNote] = useState("");
  const asked = useLate(q.trim(), 250);
  const found = useQuery({ queryKey: ["stock", "parts", asked], queryFn: () => parts(asked), enabled: asked.length > 1 });
  const { act, busy, problem } = useAct();
  const add = (number: string) => {
    setLines((before) => (before.some((one) => one.part === number) ? before : [...before, { part: number, quantity: 1 }]));
    setQ("");
  };
  const submit = async () => {
    const outcome = await act(
      {
        kind: "request", summary: lines.map((one) => `${one.part} × ${one.quantity}`).join(", "), subject: "van",
        path: "/v1/stock/requests",
        body: { location: van, lines, note: note.trim(), ...(by ? { needed_by: by } : {}) },
      },
      [["stock", "requests"]],
    );
    if (!outcome || outcome.state === "refused") return;
    if (outcome.state === "done") say(t("van.requested"), "green");
    onClose();
  };
  return (
    <Sheet title={t("van.request")} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextInput label={t("van.findPart")} value={q} onChange={setQ} type="search" autoComplete="off" />
        {q.trim().length > 1 && (
          <ul className="rows">
            {found.data?.items.map((one) => (
              <li key={one.part}>
                <button type="button" className="row-link" onClick={() => add(one.part)}>
                  <span className="row-main">
                    <span className="strong figures">{one.part}</span>
                    <br />
                    <span className="quiet">{spoken(one.names, language)}</span>
                  </span>
                  <Tag tone={one.free ? "green" : ""}>{t("part.free", { count: one.free })}</Tag>
                  <Icon name="plus" small />
                </button>
              </li>
            ))}
          </ul>
        )}
        {lines.map((one) => (
          <div key={one.part} className="request-line">
            <Stepper
              label={one.part} value={one.quantity}
              onChange={(quantity) => setLines((before) => before.map((row) => (row.part === one.part ? { ...row, quantity } : row)))}
            />
            <button
              type="button" className="icon-button" aria-label={t("act.remove", { what: one.part })}
              onClick={() => setLines((before) => before.filter((row) => row.part !== one.part))}
            >
              <Icon name="close" />
            </button>
          </div>
        ))}
        <TextInput label={t("van.neededBy")} value={by} onChange={setBy} type="date" optional />
        <TextInput label={t("van.note")} value={note} onChange={setNote} optional maxLength={500} />
        <Refusal problem={problem} />
        <Button type="submit" size="big" wide busy={busy} disabled={lines.length === 0}>
          {t("van.send")}
        </Button>
      </form>
    </Sheet>
  );
}
