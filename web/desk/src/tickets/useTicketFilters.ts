import { useMemo } from "react";
import { useColleagues } from "../app/presence";
import { findCustomers, findDevices } from "../api/lookups";
import { useOwnTypes, useText } from "../customise/ownFields";
import { useWords } from "../i18n/LanguageProvider";
import type { Choice, ListFilter, Preset } from "../ui/listShape";
import { DUE_STATES, OPEN_STATES, PRIORITIES, SORTS, STATES, TYPES } from "./terms";

interface Shape {
  filters: ListFilter[];
  presets: Preset[];
  sorts: Choice[];
}

/** What tickets can be filtered and sorted by, and the views that everybody needs. */
export function useTicketFilters(): Shape {
  const { t } = useWords();
  const colleagues = useColleagues();
  const types = useOwnTypes();
  const text = useText();
  return useMemo(() => {
    const coded = (group: string, codes: readonly string[]): Choice[] =>
      codes.map((value) => ({ value, label: t.label(group, value) }));
    const people = [
      { value: "me", label: t("owner.me") },
      { value: "none", label: t("state.nobody") },
      ...colleagues.map((one) => ({ value: one.id, label: one.name })),
    ];
    const filters: ListFilter[] = [
      { kind: "many", name: "state", label: t("ticket.state"), options: coded("ticketState", STATES), main: true },
      { kind: "many", name: "priority", label: t("ticket.priority"), options: coded("priority", PRIORITIES), main: true },
      { kind: "one", name: "assignee_id", label: t("ticket.assignee"), options: people, main: true },
      { kind: "one", name: "due_state", label: t("ticket.dueState"), options: DUE_STATES.map((value) => ({ value, label: t.label("dueFilter", value) })) },
      { kind: "day", name: "due_before", label: t("ticket.dueBefore") },
      { kind: "many", name: "type", label: t("ticket.type"), options: coded("type", TYPES) },
      ...(types.length
        ? [{ kind: "many" as const, name: "own_type", label: t("own.type"), options: types.map((one) => ({ value: one.code, label: text(one.label) })) }]
        : []),
      { kind: "text", name: "tag", label: t("ticket.tag") },
      { kind: "find", name: "customer_id", label: t("side.customer"), find: findCustomers },
      { kind: "find", name: "serial", label: t("ticket.serial"), find: findDevices },
      { kind: "text", name: "model", label: t("ticket.model") },
      { kind: "text", name: "contract", label: t("ticket.contract") },
      { kind: "text", name: "engineer", label: t("ticket.engineer") },
      { kind: "day", name: "created_from", label: t("ticket.createdFrom") },
      { kind: "day", name: "created_until", label: t("ticket.createdUntil") },
      { kind: "flag", name: "watching", label: t("ticket.watched") },
      { kind: "text", name: "parent", label: t("ticket.parent") },
    ];
    const open = [...OPEN_STATES];
    const presets: Preset[] = [
      { key: "all", label: t("tickets.all"), query: { filters: {} } },
      { key: "open", label: t("tickets.open"), query: { filters: { state: open } } },
      { key: "mine", label: t("tickets.mine"), query: { filters: { state: open, assignee_id: ["me"] } } },
      { key: "nobody", label: t("tickets.nobodys"), query: { filters: { state: open, assignee_id: ["none"] } } },
      { key: "soon", label: t("tickets.dueSoon"), query: { filters: { due_state: ["warning"] }, sort: "due" } },
      { key: "late", label: t("tickets.late"), query: { filters: { due_state: ["breached"] }, sort: "due" } },
      { key: "watched", label: t("tickets.watched"), query: { filters: { watching: ["true"] } } },
    ];
    return { filters, presets, sorts: SORTS.map((value) => ({ value, label: t.label("ticketSort", value) })) };
  }, [t, colleagues, types, text]);
}
