import { SearchOutlined } from "@ant-design/icons";
import { Button, Input, Select } from "antd";
import type { Colleague } from "../app/presence";
import { useWords } from "../i18n/LanguageProvider";
import { FilterChips } from "../ui/FilterChips";
import { OPEN_STATES, PRIORITIES, STATES } from "./terms";
import { EMPTY_VIEW, isFiltered } from "./view";
import type { TicketListView } from "./view";

interface Props {
  view: TicketListView;
  setView: (view: TicketListView) => void;
  colleagues: Colleague[];
}

export function TicketFilters({ view, setView, colleagues }: Props) {
  const { t } = useWords();
  const change = (part: Partial<TicketListView>) => setView({ ...view, ...part });
  const allOpen = OPEN_STATES.every((one) => view.states.includes(one)) && view.states.length === 5;
  return (
    <div className="filters">
      <Input
        allowClear
        className="filter-search"
        prefix={<SearchOutlined />}
        value={view.q}
        aria-label={t("tickets.search")}
        placeholder={t("tickets.search")}
        onChange={(event) => change({ q: event.target.value })}
      />
      <Button
        type={view.assignee === "me" ? "primary" : "default"}
        aria-pressed={view.assignee === "me"}
        onClick={() => change({ assignee: view.assignee === "me" ? "" : "me" })}
      >
        {t("tickets.mine")}
      </Button>
      <Button
        type={allOpen ? "primary" : "default"}
        aria-pressed={allOpen}
        onClick={() => change({ states: allOpen ? [] : [...OPEN_STATES] })}
      >
        {t("tickets.open")}
      </Button>
      <FilterChips
        label={t("ticket.state")}
        values={view.states}
        options={STATES.map((one) => ({ value: one, label: t.label("ticketState", one) }))}
        onChange={(states) => change({ states })}
      />
      <FilterChips
        label={t("ticket.priority")}
        values={view.priorities}
        options={PRIORITIES.map((one) => ({ value: one, label: t.label("priority", one) }))}
        onChange={(priorities) => change({ priorities })}
      />
      <Select
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        className="filter-person"
        value={view.assignee && view.assignee !== "me" ? view.assignee : undefined}
        placeholder={t("ticket.assignee")}
        aria-label={t("ticket.assignee")}
        options={colleagues.map((one) => ({ value: one.id, label: one.name }))}
        onChange={(assignee?: string) => change({ assignee: assignee ?? "" })}
      />
      {isFiltered(view) && (
        <Button
          type="link"
          onClick={() => setView({ ...EMPTY_VIEW, columns: view.columns, sort: view.sort })}
        >
          {t("list.clear")}
        </Button>
      )}
    </div>
  );
}
