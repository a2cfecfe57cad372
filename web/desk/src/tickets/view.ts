import type { TicketQuery } from "../api/tickets";
import type { Sort } from "../ui/listColumns";

/** What a list of tickets shows, and how. */
export interface TicketListView {
  q: string;
  states: string[];
  priorities: string[];
  /** A user's id, `me`, or empty for everybody. */
  assignee: string;
  columns: string[];
  sort: Sort;
}

export const DEFAULT_COLUMNS = [
  "number", "title", "state", "priority", "serial", "assignee", "updated_at",
];

export const EMPTY_VIEW: TicketListView = {
  q: "",
  states: [],
  priorities: [],
  assignee: "",
  columns: DEFAULT_COLUMNS,
  sort: null,
};

export const queryOf = (view: TicketListView, myId: string): TicketQuery => ({
  q: view.q.trim(),
  state: view.states,
  priority: view.priorities,
  assignee_id: view.assignee === "me" ? myId : view.assignee,
});

export const isFiltered = (view: TicketListView): boolean =>
  !!(view.q.trim() || view.states.length || view.priorities.length || view.assignee);
