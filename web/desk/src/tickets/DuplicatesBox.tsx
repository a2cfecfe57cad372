import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { duplicatesOf } from "../api/tickets";
import type { Duplicate, Ticket } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { Section } from "../ui/Facts";
import { StateTag } from "./Tags";
import { MergeDialog } from "./acts/MergeDialog";
import { OPEN_STATES } from "./terms";

/** Why a ticket may be about the same, in the reader's language. */
export function DuplicateReasons({ one }: { one: Duplicate }) {
  const { t } = useWords();
  return (
    <small className="quiet">
      {one.reasons.map((reason) => t.label("duplicate", reason.code)).join(" · ")}
    </small>
  );
}

/** Tickets that may be about the same, while this one is open; each can be made one with it. */
export function DuplicatesBox({ ticket, mayWrite }: { ticket: Ticket; mayWrite: boolean }) {
  const { t } = useWords();
  const [merging, setMerging] = useState<string>();
  const open = OPEN_STATES.some((state) => state === ticket.state);
  const found = useQuery({
    queryKey: ["tickets", ticket.number, "duplicates"],
    queryFn: () => duplicatesOf(ticket.number),
    enabled: open,
  });
  if (!found.data?.length) return null;
  return (
    <Section title={t("ticket.duplicates")}>
      <ul className="family">
        {found.data.slice(0, 5).map((one) => (
          <li key={one.number}>
            <Link to={`/tickets/${encodeURIComponent(one.number)}`}>
              <span className="figures">{one.number}</span> {one.title}
            </Link>
            <StateTag state={one.state} />
            <DuplicateReasons one={one} />
            {mayWrite && (
              <Button size="small" onClick={() => setMerging(one.number)}>
                {t("ticket.mergeInto")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {merging && <MergeDialog ticket={ticket} into={merging} close={() => setMerging(undefined)} />}
    </Section>
  );
}
