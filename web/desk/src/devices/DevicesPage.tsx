import { PlusOutlined, QrcodeOutlined, UploadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useMemo, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { useMay } from "../app/session";
import { devices, labelSheet } from "../api/devices";
import type { DeviceLine } from "../api/devices";
import { findCustomers } from "../api/lookups";
import { useOwnColumns, useOwnFilters } from "../customise/ownList";
import { useWords } from "../i18n/LanguageProvider";
import { ListPage } from "../ui/ListPage";
import type { ServerColumn } from "../ui/listShape";
import { DeviceStatusTag } from "./DeviceStatusTag";
import { NewDeviceDialog } from "./NewDeviceDialog";
import { Warranty } from "./Warranty";
import { DEVICE_STATUSES, devicePath } from "./terms";
import "../styles/devices.css";
import "../styles/tickets.css";

/** Every device on file; the search also finds mistyped serials and those of built-in components. */
export default function DevicesPage() {
  const { t, f } = useWords();
  const navigate = useNavigate();
  const mayWrite = useMay("assets:write");
  const mayImport = useMay("import");
  const mayReadCustomers = useMay("customers:read");
  const [params] = useSearchParams();
  const [adding, setAdding] = useState(params.has("new"));
  const own = useOwnColumns<DeviceLine>("asset");
  const ownFilters = useOwnFilters("asset");
  const columns = useMemo<ServerColumn<DeviceLine>[]>(
    () => [
      { key: "serial", title: t("device.serial"), width: 190, render: (one) => <SerialCell device={one} /> },
      { key: "status", title: t("device.status"), width: 110, render: (one) => <DeviceStatusTag status={one.status} /> },
      { key: "model", title: t("device.model"), width: 130, render: (one) => one.model },
      { key: "name", title: t("device.name"), width: 130, hidden: true, render: (one) => one.name },
      { key: "site", title: t("device.site"), width: 220, render: (one) => one.site },
      {
        key: "warranty",
        title: t("device.warranty"),
        width: 190,
        render: (one) => <Warranty until={one.warranty_until} />,
      },
      { key: "contract", title: t("device.contract"), width: 150, render: (one) => <ContractLink number={one.contract_number} /> },
      { key: "firmware", title: t("device.firmware"), width: 100, render: (one) => one.firmware },
      {
        key: "hours",
        title: t("device.hours"),
        width: 110,
        align: "end",
        render: (one) =>
          one.usage_hours === null ? "" : <span className="figures">{f.number(one.usage_hours)}</span>,
      },
      { key: "installed", title: t("device.installed"), width: 130, hidden: true, render: (one) => f.date(one.installed_on) },
    ],
    [t, f],
  );
  return (
    <>
      <ListPage<DeviceLine>
        subject="assets"
        title={t("nav.devices")}
        columns={[...columns, ...own]}
        fetch={devices}
        rowKey={(one) => one.serial}
        pathOf={(one) => devicePath(one.serial)}
        search={t("devices.search")}
        filters={[
          {
            name: "status",
            label: t("device.status"),
            kind: "many",
            main: true,
            options: DEVICE_STATUSES.map((one) => ({ value: one, label: t.label("deviceStatus", one) })),
          },
          ...(mayReadCustomers
            ? [{ name: "customer_id", label: t("side.customer"), kind: "find" as const, main: true, find: findCustomers }]
            : []),
          { name: "model", label: t("device.model"), kind: "text" },
          { name: "site", label: t("device.site"), kind: "text" },
          { name: "contract", label: t("device.contract"), kind: "text" },
          { name: "parent", label: t("device.parent"), kind: "text" },
          ...ownFilters,
        ]}
        exportKind="assets"
        bulk={(rows, done) => <LabelBar rows={rows} onDone={done} />}
        acts={
          <>
            {mayImport && (
              <Button icon={<UploadOutlined />} onClick={() => void navigate("/settings/exchange")}>
                {t("exchange.import")}
              </Button>
            )}
            {mayWrite && (
              <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
                {t("device.add")}
              </Button>
            )}
          </>
        }
        empty={{ title: t("devices.empty"), hint: t("devices.emptyHint") }}
        card={(one) => (
          <>
            <strong className="figures">{one.serial}</strong>
            <span className="row-card-facts">
              <DeviceStatusTag status={one.status} />
              <span>{one.model}</span>
              <Warranty until={one.warranty_until} />
            </span>
            <span className="quiet">{one.site}</span>
          </>
        )}
      />
      {adding && <NewDeviceDialog onClose={() => setAdding(false)} />}
    </>
  );
}

/** The serial; with the component that the search found it by. */
function SerialCell({ device }: { device: DeviceLine }) {
  const { t } = useWords();
  const [hit] = device.found ?? [];
  return (
    <>
      <Link to={devicePath(device.serial)} className="figures nowrap">
        {device.serial}
      </Link>
      {hit && (
        <small className="quiet found-by">
          {t(hit.removed_on ? "device.foundOld" : "device.foundBy", { serial: hit.serial, part: hit.part || hit.name })}
        </small>
      )}
    </>
  );
}

function ContractLink({ number }: { number: string }) {
  const mayRead = useMay("contracts:read");
  if (!number) return null;
  return mayRead ? <Link to={`/contracts/${encodeURIComponent(number)}`}>{number}</Link> : <>{number}</>;
}

function LabelBar({ rows, onDone }: { rows: DeviceLine[]; onDone: () => void }) {
  const { t } = useWords();
  const open = (paper: string) =>
    window.open(labelSheet(rows.map((one) => one.serial), paper), "_blank", "noopener");
  return (
    <div className="bulk" role="toolbar" aria-label={t("bulk.title")}>
      <strong>{t("device.chosen", { count: rows.length })}</strong>
      <Button icon={<QrcodeOutlined />} onClick={() => open("a4")}>
        {t("device.labels")}
      </Button>
      <Button onClick={() => open("roll-62")}>{t("device.labelsRoll")}</Button>
      <Button type="text" onClick={onDone}>
        {t("bulk.clear")}
      </Button>
    </div>
  );
}
