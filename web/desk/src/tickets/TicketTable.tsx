import { Checkbox, Table } from "antd";
import { useEffect } from "react";
import { Link, useNavigate } from "react-router";
import type { Ticket } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { sortOf, tableColumns } from "../ui/listColumns";
import { useNarrow } from "../ui/useNarrow";
import { PriorityTag, StateTag } from "./Tags";
import type { TicketColumn } from "./columns";
import { useListKeys } from "../ui/useListKeys";
import type { TicketListView } from "./view";

interface Props {
  rows: Ticket[];
  columns: TicketColumn[];
  view: TicketListView;
  setView: (view: TicketListView) => void;
  chosen: string[];
  /** Absent where nothing may be changed. */
  setChosen?: (numbers: string[]) => void;
}

const toggled = (numbers: string[], number: string): string[] =>
  numbers.includes(number) ? numbers.filter((one) => one !== number) : [...numbers, number];

export function TicketTable({ rows, columns, view, setView, chosen, setChosen }: Props) {
  const { t } = useWords();
  const navigate = useNavigate();
  const narrow = useNarrow(760);
  const open = (ticket: Ticket) => void navigate(`/tickets/${encodeURIComponent(ticket.number)}`);
  const active = useListKeys(rows.length, {
    onEnter: (index) => rows[index] && open(rows[index]),
    onToggle: (index) => rows[index] && setChosen?.(toggled(chosen, rows[index].number)),
  });
  useEffect(() => {
    document.querySelector(".row-active")?.scrollIntoView({ block: "nearest" });
  }, [active]);
  if (narrow) return <Cards rows={rows} chosen={chosen} setChosen={setChosen} />;
  return (
    <>
      <Table<Ticket>
        className="table"
        size="middle"
        rowKey="number"
        dataSource={rows}
        columns={tableColumns(columns, view.sort)}
        pagination={false}
        rowClassName={(_, index) => (index === active ? "row-active" : "")}
        rowSelection={
          setChosen && {
            selectedRowKeys: chosen,
            onChange: (keys) => setChosen(keys.map(String)),
            columnWidth: 40,
            getCheckboxProps: (ticket) => ({
              "aria-label": t("ticket.choose", { number: ticket.number }),
            }),
          }
        }
        onRow={(ticket) => ({ onDoubleClick: () => open(ticket) })}
        onChange={(_, __, sorter) => setView({ ...view, sort: sortOf(sorter) })}
      />
      <p className="quiet keys-hint">{t("list.keys")}</p>
    </>
  );
}

/** The same rows on a phone. */
function Cards({ rows, chosen, setChosen }: Pick<Props, "rows" | "chosen" | "setChosen">) {
  const { t, f } = useWords();
  return (
    <ul className="row-cards">
      {rows.map((ticket) => (
        <li key={ticket.number}>
          {setChosen && (
            <Checkbox
              checked={chosen.includes(ticket.number)}
              aria-label={t("ticket.choose", { number: ticket.number })}
              onChange={() => setChosen(toggled(chosen, ticket.number))}
            />
          )}
          <Link to={`/tickets/${encodeURIComponent(ticket.number)}`}>
            <strong>{ticket.title}</strong>
            <span className="row-card-facts">
              <StateTag state={ticket.state} />
              <PriorityTag priority={ticket.priority} />
              <span className="figures">{ticket.number}</span>
              <time dateTime={ticket.updated_at}>{f.ago(ticket.updated_at)}</time>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
