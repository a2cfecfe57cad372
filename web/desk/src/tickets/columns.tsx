import { Link } from "react-router";
import type { Ticket } from "../api/types";
import type { Translator } from "../i18n/catalogue";
import type { Formats } from "../i18n/format";
import { byText } from "../ui/listColumns";
import type { ListColumn } from "../ui/listColumns";
import { PriorityTag, StateTag } from "./Tags";
import { byPriority, byState } from "./terms";

export interface ColumnContext {
  t: Translator;
  f: Formats;
  nameOf: (userId: string | null) => string;
}

export type TicketColumn = ListColumn<Ticket>;

/** Every column a ticket list can show, in order. */
export function ticketColumns({ t, f, nameOf }: ColumnContext): TicketColumn[] {
  const plain = (
    key: "model" | "engineer" | "callback_phone",
    title: string,
    width: number,
  ): TicketColumn => ({
    key,
    title,
    width,
    render: (one) => one[key],
    text: (one) => one[key],
    compare: byText<Ticket>((one) => one[key]),
  });
  const instant = (key: "created_at" | "updated_at", title: string): TicketColumn => ({
    key,
    title,
    width: 178,
    render: (one) => <time className="nowrap" dateTime={one[key]}>{f.dateTime(one[key])}</time>,
    text: (one) => one[key],
    compare: byText<Ticket>((one) => one[key]),
  });
  const coded = (key: "type" | "channel", title: string): TicketColumn => ({
    key,
    title,
    width: 110,
    render: (one) => t.label(key, one[key]),
    text: (one) => t.label(key, one[key]),
    compare: byText<Ticket>((one) => one[key]),
  });
  return [
    {
      key: "number",
      title: t("ticket.number"),
      width: 142,
      render: (one) => (
        <Link to={`/tickets/${encodeURIComponent(one.number)}`} className="figures nowrap">
          {one.number}
        </Link>
      ),
      text: (one) => one.number,
      compare: byText<Ticket>((one) => one.number),
    },
    {
      key: "title",
      title: t("ticket.title"),
      render: (one) => <span className="cell-title">{one.title}</span>,
      text: (one) => one.title,
      compare: byText<Ticket>((one) => one.title),
    },
    {
      key: "state",
      title: t("ticket.state"),
      width: 124,
      render: (one) => <StateTag state={one.state} />,
      text: (one) => t.label("ticketState", one.state),
      compare: (a, b) => byState(a.state, b.state),
    },
    {
      key: "priority",
      title: t("ticket.priority"),
      width: 96,
      render: (one) => <PriorityTag priority={one.priority} />,
      text: (one) => t.label("priority", one.priority),
      compare: (a, b) => byPriority(a.priority, b.priority),
    },
    coded("type", t("ticket.type")),
    {
      key: "serial",
      title: t("ticket.serial"),
      width: 150,
      render: (one) =>
        one.serial && (
          <Link to={`/devices/${encodeURIComponent(one.serial)}`} className="figures nowrap">
            {one.serial}
          </Link>
        ),
      text: (one) => one.serial,
      compare: byText<Ticket>((one) => one.serial),
    },
    plain("model", t("ticket.model"), 110),
    {
      key: "assignee",
      title: t("ticket.assignee"),
      width: 120,
      render: (one) => nameOf(one.assignee_id) || <span className="quiet">{t("state.nobody")}</span>,
      text: (one) => nameOf(one.assignee_id),
      compare: byText<Ticket>((one) => nameOf(one.assignee_id)),
    },
    plain("engineer", t("ticket.engineer"), 90),
    coded("channel", t("ticket.channel")),
    plain("callback_phone", t("ticket.callback"), 140),
    instant("created_at", t("ticket.created_at")),
    instant("updated_at", t("ticket.updated_at")),
  ];
}
