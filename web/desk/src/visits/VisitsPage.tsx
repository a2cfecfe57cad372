import { useMemo } from "react";
import { Link } from "react-router";
import { findCustomers, findDevices } from "../api/lookups";
import { visits } from "../api/visits";
import type { Visit } from "../api/visits";
import { useWords } from "../i18n/LanguageProvider";
import { ListPage } from "../ui/ListPage";
import { WhenText } from "../ui/WhenText";
import type { ListFilter, Preset, ServerColumn } from "../ui/listShape";
import { VisitState } from "./VisitState";
import { WindowText } from "./WindowText";
import { OPEN_VISITS, VISIT_STATES } from "./terms";
import { useEngineerName, useEngineers } from "./useEngineers";
import { WHENS, askVisitExport, askVisits } from "./when";
import "../styles/visits.css";

const pathOf = (visit: Visit): string => `/visits/${encodeURIComponent(visit.number)}`;

/** Work orders: who goes where, when, and what came of it. */
export default function VisitsPage() {
  const { t } = useWords();
  const columns = useVisitColumns();
  const { filters, presets } = useVisitFilters();
  return (
    <ListPage<Visit>
      subject="visits"
      views="work_orders"
      title={t("nav.visits")}
      search={t("visits.search")}
      empty={{ title: t("visits.empty"), hint: t("visits.emptyHint") }}
      columns={columns}
      filters={filters}
      presets={presets}
      sorts={["window", "newest"].map((value) => ({ value, label: t.label("visitSort", value) }))}
      first={{ q: "", sort: "", filters: { when: ["week"] } }}
      exportKind="visits"
      ask={askVisits}
      askExport={askVisitExport}
      fetch={visits}
      rowKey={(one) => one.number}
      pathOf={pathOf}
      card={(one) => <VisitCard visit={one} />}
    />
  );
}

function VisitCard({ visit }: { visit: Visit }) {
  const { t } = useWords();
  const nameOf = useEngineerName();
  return (
    <>
      <strong>
        <WindowText window={visit.window} />
      </strong>
      <span>{visit.purpose || visit.site}</span>
      <span className="row-card-facts">
        <VisitState state={visit.state} result={visit.result} />
        <span>{nameOf(visit.engineer) || t("visit.noEngineer")}</span>
        <span className="figures">{visit.number}</span>
        <span className="figures">{visit.serial}</span>
      </span>
    </>
  );
}

function useVisitColumns(): ServerColumn<Visit>[] {
  const nameOf = useEngineerName();
  const { t } = useWords();
  return useMemo(
    () => [
      {
        key: "number",
        title: t("visit.number"),
        width: 150,
        render: (one) => (
          <Link to={pathOf(one)} className="figures nowrap">
            {one.number}
          </Link>
        ),
      },
      {
        key: "window",
        title: t("visit.window"),
        width: 250,
        sort: "window",
        render: (one) => <WindowText window={one.window} />,
      },
      {
        key: "state",
        title: t("ticket.state"),
        width: 120,
        render: (one) => <VisitState state={one.state} result={one.result} />,
      },
      {
        key: "engineer",
        title: t("ticket.engineer"),
        width: 110,
        render: (one) => nameOf(one.engineer) || <span className="quiet">{t("visit.noEngineer")}</span>,
      },
      {
        key: "purpose",
        title: t("visit.purpose"),
        render: (one) => <span className="clamp">{one.purpose}</span>,
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
      { key: "site", title: t("visit.site"), width: 180, hidden: true, render: (one) => one.site },
      {
        key: "ticket",
        title: t("visit.ticket"),
        width: 142,
        render: (one) => (
          <Link to={`/tickets/${encodeURIComponent(one.ticket)}`} className="figures nowrap">
            {one.ticket}
          </Link>
        ),
      },
      {
        key: "created_at",
        title: t("ticket.created_at"),
        width: 178,
        hidden: true,
        sort: "newest",
        render: (one) => <WhenText at={one.created_at} />,
      },
    ],
    [t, nameOf],
  );
}

function useVisitFilters(): { filters: ListFilter[]; presets: Preset[] } {
  const { t } = useWords();
  const engineers = useEngineers();
  const coded = (group: string, codes: readonly string[]) =>
    codes.map((value) => ({ value, label: t.label(group, value) }));
  const filters: ListFilter[] = [
    { kind: "many", name: "state", label: t("ticket.state"), options: coded("visitState", VISIT_STATES), main: true },
    { kind: "one", name: "engineer", label: t("ticket.engineer"), options: engineers, main: true },
    { kind: "flag", name: "mine", label: t("visits.mine"), main: true },
    { kind: "one", name: "when", label: t("visit.window"), options: coded("visitWhen", WHENS) },
    { kind: "find", name: "customer_id", label: t("side.customer"), find: findCustomers },
    { kind: "find", name: "serial", label: t("ticket.serial"), find: findDevices },
    { kind: "text", name: "ticket", label: t("visit.ticket") },
  ];
  const presets: Preset[] = [
    ...WHENS.slice(0, 3).map((when) => ({
      key: when,
      label: t.label("visitWhen", when),
      query: { filters: { when: [when] } },
    })),
    {
      key: "late",
      label: t("visits.overdue"),
      query: { filters: { when: ["past"], state: [...OPEN_VISITS] } },
    },
    { key: "all", label: t("tickets.all"), query: { filters: {} } },
  ];
  return { filters, presets };
}
