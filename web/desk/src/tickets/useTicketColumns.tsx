import { useMemo } from "react";
import { Link } from "react-router";
import { useColleagues } from "../app/presence";
import type { Ticket } from "../api/types";
import { useOwnTypes, useText } from "../customise/ownFields";
import { useWords } from "../i18n/LanguageProvider";
import { DueTag } from "../ui/DueTag";
import { WhenText } from "../ui/WhenText";
import type { ServerColumn } from "../ui/listShape";
import { PriorityTag, StateTag } from "./Tags";

type Column = ServerColumn<Ticket>;

/** Every column that a ticket list can show, in order. */
export function useTicketColumns(): Column[] {
  const { t } = useWords();
  const colleagues = useColleagues();
  const types = useOwnTypes();
  const text = useText();
  return useMemo(() => {
    const names = new Map(colleagues.map((one) => [one.id, one.name]));
    const nameOf = (id: string | null) => (id ? (names.get(id) ?? id) : "");
    const plain = (key: "model" | "engineer" | "callback_phone", title: string, width: number) => ({
      key, title, width, hidden: true, render: (one: Ticket) => one[key],
    });
    const instant = (key: "created_at" | "updated_at", title: string) => ({
      key, title, width: 178, render: (one: Ticket) => <WhenText at={one[key]} />,
    });
    const columns: Column[] = [
      {
        key: "number",
        title: t("ticket.number"),
        width: 142,
        render: (one) => (
          <Link to={`/tickets/${encodeURIComponent(one.number)}`} className="figures nowrap">
            {one.number}
          </Link>
        ),
      },
      {
        key: "title",
        title: t("ticket.title"),
        render: (one) => (
          <span className="cell-title">
            {one.title}
            {one.tags?.map((tag) => (
              <span key={tag} className="tag tag-small">
                {tag}
              </span>
            ))}
          </span>
        ),
      },
      {
        key: "state",
        title: t("ticket.state"),
        width: 124,
        render: (one) => <StateTag state={one.state} />,
      },
      {
        key: "priority",
        title: t("ticket.priority"),
        width: 96,
        sort: "priority",
        render: (one) => <PriorityTag priority={one.priority} />,
      },
      {
        key: "due",
        title: t("ticket.due"),
        width: 150,
        sort: "due",
        render: (one) => <DueTag due={one.due} />,
      },
      {
        key: "type",
        title: t("ticket.type"),
        width: 110,
        hidden: true,
        render: (one) =>
          text(types.find((type) => type.code === one.own_type)?.label) || t.label("type", one.type),
      },
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
      },
      plain("model", t("ticket.model"), 110),
      {
        key: "assignee",
        title: t("ticket.assignee"),
        width: 120,
        render: (one) =>
          nameOf(one.assignee_id) || <span className="quiet">{t("state.nobody")}</span>,
      },
      plain("engineer", t("ticket.engineer"), 90),
      {
        key: "contract",
        title: t("ticket.contract"),
        width: 130,
        hidden: true,
        render: (one) => <span className="figures">{one.contract}</span>,
      },
      {
        key: "channel",
        title: t("ticket.channel"),
        width: 110,
        hidden: true,
        render: (one) => t.label("channel", one.channel),
      },
      plain("callback_phone", t("ticket.callback"), 140),
      { ...instant("created_at", t("ticket.created_at")), hidden: true },
      { ...instant("updated_at", t("ticket.updated_at")), sort: "updated" },
    ];
    return columns;
  }, [t, colleagues, types, text]);
}
