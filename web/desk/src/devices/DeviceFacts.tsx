import { Link } from "react-router";
import type { DeviceFile } from "../api/devices";
import { setDeviceValues } from "../api/customise";
import type { OwnValues } from "../api/customise";
import { useMay } from "../app/session";
import { OwnFacts } from "../customise/OwnFacts";
import { useOwnSave } from "../customise/useOwnSave";
import { useWords } from "../i18n/LanguageProvider";
import { Facts, Section } from "../ui/Facts";
import { devicePath } from "./terms";

/** What a device is, where it stands, how it is set up. */
export function DeviceFacts({ file }: { file: DeviceFile }) {
  const { t, f } = useWords();
  const { asset: device } = file;
  const settings = Object.entries(device.configuration ?? {});
  const mayWrite = useMay("assets:write");
  const save = useOwnSave([["assets"]], (custom) =>
    setDeviceValues(device.serial, custom, device.version ?? 1),
  );
  return (
    <>
      <Facts
        facts={[
          { label: t("device.model"), value: device.model },
          { label: t("device.site"), value: device.site },
          {
            label: t("device.position"),
            value: device.position && (
              <span className="figures">{`${device.position.lat.toFixed(4)}, ${device.position.lon.toFixed(4)}`}</span>
            ),
          },
          { label: t("device.shipped"), value: f.date(device.shipped_on) },
          { label: t("device.installed"), value: f.date(device.installed_on) },
          { label: t("device.installedBy"), value: device.installed_by },
          { label: t("device.warrantyUntil"), value: f.date(device.warranty_until) },
          { label: t("device.firmware"), value: device.firmware },
          {
            label: t("device.hours"),
            value: device.usage_hours === null ? "" : f.number(device.usage_hours),
          },
          {
            label: t("device.parent"),
            value: device.parent && <Link to={devicePath(device.parent)}>{device.parent}</Link>,
          },
          { label: t("device.ended"), value: f.date(device.decommissioned_on) },
        ]}
      />
      <OwnFacts subject="asset" values={device.custom as OwnValues} save={mayWrite ? save : undefined} />
      {file.devices.length > 0 && (
        <Section title={t("device.members", { count: file.devices.length })}>
          <ul className="side-devices">
            {file.devices.map((one) => (
              <li key={one.id}>
                <Link to={devicePath(one.serial)} className="figures">
                  {one.serial}
                </Link>
                <span>{one.model}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {settings.length > 0 && (
        <Section title={t("device.configuration")}>
          <Facts
            facts={settings.map(([label, value]) => ({
              label,
              value: typeof value === "boolean" ? t(value ? "state.yes" : "state.no") : String(value ?? ""),
            }))}
          />
        </Section>
      )}
    </>
  );
}
