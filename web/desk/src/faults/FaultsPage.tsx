import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import { useMay } from "../app/session";
import type { Query } from "../api/client";
import { faults } from "../api/faults";
import type { Fault } from "../api/faults";
import { useWords } from "../i18n/LanguageProvider";
import { ListPage } from "../ui/ListPage";
import type { ListFilter, Preset, ServerColumn } from "../ui/listShape";
import { FaultEditor } from "./FaultEditor";
import { FaultTabs } from "./FaultTabs";
import { FaultState, ModelRange, SlotText, SuccessBar } from "./bits";
import { findParts, findTerms } from "./lookups";
import { FAULT_STATES, pathOf, titleOf } from "./terms";
import "../styles/faults.css";

/** The library of faults: what fails, how it shows, why, what mends it, and how well that is proven. */
export default function FaultsPage() {
  const { t, language } = useWords();
  const mayWrite = useMay("faults:write");
  const [writing, setWriting] = useState(false);
  const columns = useFaultColumns();
  const filters: ListFilter[] = [
    {
      kind: "many",
      name: "state",
      label: t("fault.state"),
      main: true,
      options: FAULT_STATES.map((value) => ({ value, label: t.label("faultState", value) })),
    },
    { kind: "text", name: "model", label: t("fault.model"), main: true },
    { kind: "find", name: "component", label: t("fault.component"), find: findTerms("component", language) },
    { kind: "find", name: "symptom", label: t("fault.symptom"), find: findTerms("symptom", language) },
    { kind: "find", name: "part", label: t("fault.part"), find: findParts(language) },
    { kind: "text", name: "code", label: t("fault.code") },
    {
      kind: "one",
      name: "origin",
      label: t("fault.origin"),
      options: ["engineer", "proposed", "editor", "import"].map((value) => ({
        value,
        label: t.label("faultOrigin", value),
      })),
    },
  ];
  const presets: Preset[] = [
    { key: "live", label: t("faults.live"), query: { filters: { state: ["draft", "reviewed"] } } },
    { key: "reviewed", label: t("faultState.reviewed"), query: { filters: { state: ["reviewed"] } } },
    { key: "draft", label: t("faultState.draft"), query: { filters: { state: ["draft"] } } },
    { key: "all", label: t("tickets.all"), query: { filters: {} } },
  ];
  const create = mayWrite && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setWriting(true)}>
      {t("faults.new")}
    </Button>
  );
  const fetch = (query: Query, signal: AbortSignal) => faults({ ...query, lang: language }, signal);
  return (
    <>
      <ListPage<Fault>
        subject="faults"
        title={t("nav.faults")}
        search={t("faults.search")}
        empty={{ title: t("faults.empty"), hint: t("faults.emptyHint"), act: create }}
        columns={columns}
        filters={filters}
        presets={presets}
        first={{ q: "", sort: "", filters: { state: ["draft", "reviewed"] } }}
        sorts={[
          { value: "evidence", label: t("faults.byEvidence") },
          { value: "last_seen", label: t("faults.byLastSeen") },
          { value: "newest", label: t("faults.byNewest") },
          { value: "updated", label: t("faults.byUpdated") },
        ]}
        exportKind="faults"
        askExport={({ sort: _, ...query }) => query}
        fetch={fetch}
        rowKey={(one) => one.number}
        pathOf={(one) => pathOf(one.number)}
        card={(one) => (
          <>
            <strong>{titleOf(one)}</strong>
            <span>{one.remedy.label}</span>
            <span className="row-card-facts">
              <FaultState state={one.state} />
              <SuccessBar success={one.success} />
              <span className="figures">{one.number}</span>
            </span>
          </>
        )}
        acts={create}
        above={<FaultTabs />}
      />
      {writing && <FaultEditor close={() => setWriting(false)} />}
    </>
  );
}

function useFaultColumns(): ServerColumn<Fault>[] {
  const { t, f } = useWords();
  return useMemo(
    () => [
      {
        key: "number",
        title: t("fault.number"),
        width: 100,
        render: (one) => (
          <Link to={pathOf(one.number)} className="figures nowrap">
            {one.number}
          </Link>
        ),
      },
      { key: "symptom", title: t("fault.symptom"), render: (one) => <SlotText slot={one.symptom} /> },
      { key: "component", title: t("fault.component"), render: (one) => <SlotText slot={one.component} /> },
      { key: "cause", title: t("fault.cause"), render: (one) => <SlotText slot={one.cause} /> },
      { key: "remedy", title: t("fault.remedy"), render: (one) => <SlotText slot={one.remedy} /> },
      { key: "models", title: t("fault.models"), width: 170, render: (one) => <ModelRange fault={one} /> },
      {
        key: "codes",
        title: t("fault.codes"),
        width: 90,
        render: (one) => <span className="figures">{one.error_codes.join(", ")}</span>,
      },
      {
        key: "success",
        title: t("fault.success"),
        width: 150,
        sort: "evidence",
        render: (one) => <SuccessBar success={one.success} />,
      },
      {
        key: "last",
        title: t("fault.lastSeen"),
        width: 110,
        sort: "last_seen",
        render: (one) => <span className="figures nowrap">{f.date(one.last_seen)}</span>,
      },
      { key: "state", title: t("fault.state"), width: 100, render: (one) => <FaultState state={one.state} /> },
    ],
    [t, f],
  );
}
