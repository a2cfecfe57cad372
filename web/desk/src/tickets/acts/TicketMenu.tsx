import { EyeFilled, EyeOutlined, MoreOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import type { MenuProps } from "antd";
import { useState } from "react";
import { watchTicket } from "../../api/tickets";
import type { TicketFile } from "../../api/types";
import { useWords } from "../../i18n/LanguageProvider";
import { useCommand } from "../../ui/useCommand";
import { OPEN_STATES } from "../terms";
import { LinkDialog } from "./LinkDialog";
import { MergeDialog } from "./MergeDialog";
import { SplitDialog } from "./SplitDialog";
import { WordDialog } from "./WordDialog";

type Dialog = "merge" | "split" | "link" | "confirm" | "reopen" | "unmerge";

/** The acts that fit the state of a ticket. */
export function actsOf(state: string, confirmed: boolean): Dialog[] {
  if (state === "merged") return ["unmerge"];
  if (OPEN_STATES.some((one) => one === state)) return ["merge", "split", "link"];
  if (state === "cancelled") return ["link"];
  return [...(confirmed ? [] : (["confirm"] as const)), "reopen", "split", "link"];
}

/** Everything else that can be done with a ticket: watch, merge, split, link, confirm, reopen. */
export function TicketMenu({ file }: { file: TicketFile }) {
  const { t } = useWords();
  const [dialog, setDialog] = useState<Dialog>();
  const { ticket } = file;
  const watching = ticket.watching === true;
  const watch = useCommand({
    run: (on: boolean) => watchTicket(ticket.number, on),
    refresh: [["tickets"]],
    done: (_, on) => t(on ? "ticket.watchOn" : "ticket.watchOff"),
  });
  const items: MenuProps["items"] = actsOf(ticket.state, !!ticket.confirmed_at).map((key) => ({
    key,
    label: t.label("ticketAct", key),
  }));
  const close = () => setDialog(undefined);
  const word = dialog === "confirm" || dialog === "reopen" || dialog === "unmerge" ? dialog : null;
  return (
    <>
      <Button
        icon={watching ? <EyeFilled /> : <EyeOutlined />}
        aria-pressed={watching}
        loading={watch.busy}
        onClick={() => watch.submit(!watching)}
      >
        {t(watching ? "ticket.watching" : "ticket.watch")}
      </Button>
      <Dropdown
        trigger={["click"]}
        menu={{ items, onClick: ({ key }) => setDialog(key as Dialog) }}
      >
        <Button icon={<MoreOutlined />} aria-label={t("ticket.moreActs")} />
      </Dropdown>
      {dialog === "merge" && <MergeDialog ticket={ticket} close={close} />}
      {dialog === "split" && <SplitDialog file={file} close={close} />}
      {dialog === "link" && <LinkDialog ticket={ticket} close={close} />}
      {word && <WordDialog ticket={ticket} word={word} close={close} />}
    </>
  );
}
