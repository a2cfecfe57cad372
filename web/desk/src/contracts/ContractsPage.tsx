import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useMemo } from "react";
import { Link, useNavigate } from "react-router";
import { useMay } from "../app/session";
import type { Query } from "../api/client";
import { contracts } from "../api/contracts";
import type { Contract } from "../api/contracts";
import { findCustomers, findDevices } from "../api/lookups";
import { useWords } from "../i18n/LanguageProvider";
import { ListPage } from "../ui/ListPage";
import { MoneyText } from "../ui/MoneyText";
import type { ListFilter, Preset, ServerColumn } from "../ui/listShape";
import { ContractStateTag } from "./ContractState";
import { CONTRACT_STATES, ENDING_DAYS, dayAfter } from "./terms";
import "../styles/contracts.css";

const pathOf = (one: Contract): string => `/contracts/${encodeURIComponent(one.number)}`;

/** “Ending soon” becomes a day when the list is asked, so that a saved view stays right. */
export function askContracts(query: Query): Query {
  const { ending, ...rest } = query;
  return [ending].flat()[0] ? { ...rest, ends_before: dayAfter(ENDING_DAYS) } : rest;
}

/** Service contracts: what runs, what ends soon, what is over. */
export default function ContractsPage() {
  const { t } = useWords();
  const navigate = useNavigate();
  const mayWrite = useMay("contracts:write");
  const columns = useContractColumns();
  const filters: ListFilter[] = [
    {
      kind: "many",
      name: "state",
      label: t("contract.state"),
      main: true,
      options: CONTRACT_STATES.map((value) => ({ value, label: t.label("contractState", value) })),
    },
    { kind: "flag", name: "ending", label: t("contracts.endingSoon", { count: ENDING_DAYS }) },
    { kind: "find", name: "customer_id", label: t("side.customer"), find: findCustomers },
    { kind: "find", name: "serial", label: t("ticket.serial"), find: findDevices },
    { kind: "text", name: "plan", label: t("contract.plan") },
    { kind: "day", name: "ends_before", label: t("contracts.endsBefore") },
  ];
  const presets: Preset[] = [
    { key: "active", label: t("contracts.active"), query: { filters: { state: ["active"] } } },
    {
      key: "ending",
      label: t("contracts.endingSoon", { count: ENDING_DAYS }),
      query: { filters: { state: ["active"], ending: ["true"] } },
    },
    { key: "ended", label: t("contracts.ended"), query: { filters: { state: ["ended"] } } },
    { key: "all", label: t("tickets.all"), query: { filters: {} } },
  ];
  const create = mayWrite && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate("/contracts/new")}>
      {t("contracts.new")}
    </Button>
  );
  return (
    <ListPage<Contract>
      subject="contracts"
      title={t("nav.contracts")}
      search={t("contracts.search")}
      empty={{ title: t("contracts.empty"), hint: t("contracts.emptyHint"), act: create }}
      columns={columns}
      filters={filters}
      presets={presets}
      exportKind="contracts"
      ask={askContracts}
      fetch={contracts}
      rowKey={(one) => one.number}
      pathOf={pathOf}
      card={(one) => (
        <>
          <strong>{one.customer_name}</strong>
          <span className="row-card-facts">
            <ContractStateTag contract={one} />
            <span className="figures">{one.number}</span>
            <span>{one.plan}</span>
            <span>{t("contract.devicesCount", { count: one.assets_count })}</span>
          </span>
        </>
      )}
      acts={create}
    />
  );
}

function useContractColumns(): ServerColumn<Contract>[] {
  const { t, f } = useWords();
  return useMemo(
    () => [
      {
        key: "number",
        title: t("contract.number"),
        width: 150,
        render: (one) => (
          <Link to={pathOf(one)} className="figures nowrap">
            {one.number}
          </Link>
        ),
      },
      {
        key: "customer",
        title: t("side.customer"),
        render: (one) => <Link to={`/customers/${one.customer_id}`}>{one.customer_name}</Link>,
      },
      { key: "plan", title: t("contract.plan"), width: 120, render: (one) => one.plan },
      {
        key: "state",
        title: t("contract.state"),
        width: 140,
        render: (one) => <ContractStateTag contract={one} />,
      },
      {
        key: "starts",
        title: t("contract.starts"),
        width: 120,
        render: (one) => <span className="figures nowrap">{f.date(one.starts_on)}</span>,
      },
      {
        key: "ends",
        title: t("contract.ends"),
        width: 120,
        render: (one) => <span className="figures nowrap">{f.date(one.ends_on)}</span>,
      },
      {
        key: "devices",
        title: t("contract.devices"),
        width: 90,
        align: "end",
        render: (one) => (one.covers_all ? t("contract.allDevices") : f.number(one.assets_count)),
      },
      {
        key: "price",
        title: t("contract.price"),
        width: 150,
        align: "end",
        render: (one) => <MoneyText money={one.price} />,
      },
      {
        key: "notice",
        title: t("contract.noticeBy"),
        width: 130,
        hidden: true,
        render: (one) => f.date(one.notice_by),
      },
      { key: "policy", title: t("contract.policy"), width: 130, hidden: true, render: (one) => one.sla_policy },
    ],
    [t, f],
  );
}
