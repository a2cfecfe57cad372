import { DeleteOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { Link } from "react-router";
import { setDevices } from "../api/contracts";
import type { ContractDevice, ContractFile, DeviceChanges } from "../api/contracts";
import { findDevices } from "../api/lookups";
import { useWords } from "../i18n/LanguageProvider";
import { Section } from "../ui/Facts";
import { Lookup } from "../ui/Lookup";
import { useCommand } from "../ui/useCommand";

/** The devices of a contract; added by serial number, taken off from today on. */
export function ContractDevices({ file, mayWrite }: { file: ContractFile; mayWrite: boolean }) {
  const { t, f } = useWords();
  const { contract, assets } = file;
  const change = useCommand({
    run: (changes: DeviceChanges, how) => setDevices(contract.number, changes, how),
    version: contract.version,
    refresh: [["contracts"], ["entitlement"]],
    done: () => t("contract.changed"),
  });
  const add = (serial?: string) => serial && change.submit({ add: [{ serial }], remove: [] });
  const span = (one: ContractDevice) =>
    one.from_on || one.until_on
      ? `${f.date(one.from_on) || "…"} – ${f.date(one.until_on) || "…"}`
      : t("contract.wholeTerm");
  return (
    <Section title={t("contract.devicesTitle", { count: contract.assets_count })}>
      {contract.covers_all && <p className="quiet">{t("contract.coversAll")}</p>}
      <ul className="contract-devices">
        {assets.map((one) => (
          <li key={one.serial} className={one.covered ? undefined : "not-covered"}>
            <Link to={`/devices/${encodeURIComponent(one.serial)}`} className="figures">
              {one.serial}
            </Link>
            <span className="quiet">
              {one.model} · {span(one)}
            </span>
            {mayWrite && (
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={t("act.remove", { name: one.serial })}
                disabled={change.busy}
                onClick={() => change.submit({ add: [], remove: [one.serial] })}
              />
            )}
          </li>
        ))}
      </ul>
      {assets.length < contract.assets_count && (
        <p className="quiet">{t("contract.moreDevices", { count: contract.assets_count - assets.length })}</p>
      )}
      {mayWrite && (
        <Lookup
          kind="devices"
          find={findDevices}
          value={null}
          onChange={add}
          label={t("contract.addDevice")}
          placeholder={t("contract.addDevice")}
        />
      )}
    </Section>
  );
}
