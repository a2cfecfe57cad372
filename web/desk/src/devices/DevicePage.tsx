import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { deviceFile, qrPicture } from "../api/devices";
import type { DeviceFile } from "../api/devices";
import { useWords } from "../i18n/LanguageProvider";
import { DetailPage } from "../ui/DetailPage";
import { ErrorState } from "../ui/ErrorState";
import { PageSkeleton } from "../ui/Skeletons";
import { CoverBarView } from "./CoverBarView";
import { DeviceActs } from "./DeviceActs";
import { DeviceFacts } from "./DeviceFacts";
import { DeviceLife } from "./DeviceLife";
import { DeviceRelated } from "./DeviceRelated";
import { DeviceStatusTag } from "./DeviceStatusTag";
import { MeterList } from "./MeterList";
import { Warranty } from "./Warranty";
import { coverBar } from "./coverBar";
import "../styles/devices.css";

/** The medical record of one device: what it is, how it is covered, what happened to it. */
export default function DevicePage() {
  const { serial = "" } = useParams();
  const file = useQuery({ queryKey: ["assets", serial], queryFn: () => deviceFile(serial) });
  if (file.isPending) return <PageSkeleton />;
  if (!file.data) return <ErrorState error={file.error} retry={() => file.refetch()} />;
  return <Shown key={serial} file={file.data} />;
}

function Shown({ file }: { file: DeviceFile }) {
  const { t } = useWords();
  const { asset: device } = file;
  return (
    <DetailPage
      back={{ to: "/devices", label: t("nav.devices") }}
      title={
        <span className="device-title">
          <span className="figures">{device.serial}</span>
          {device.name && <span>{device.name}</span>}
        </span>
      }
      sub={
        <>
          <DeviceStatusTag status={device.status} />
          <span>{device.model}</span>
          <Warranty until={device.warranty_until} />
        </>
      }
      acts={
        <>
          <DeviceActs file={file} />
          <img className="device-qr" src={qrPicture(device.serial)} alt={t("device.qr")} width={64} height={64} />
        </>
      }
      banner={<Cover file={file} />}
      facts={
        <>
          <DeviceFacts file={file} />
          <MeterList serial={device.serial} meters={file.meters} />
        </>
      }
      label={t("device.life")}
      related={<DeviceRelated file={file} />}
    >
      <DeviceLife serial={device.serial} />
    </DetailPage>
  );
}

/** Warranty and contracts over time; nothing where no days are on file. */
function Cover({ file }: { file: DeviceFile }) {
  const { t } = useWords();
  const today = new Date().toISOString().slice(0, 10);
  const begin = file.asset.installed_on ?? file.asset.shipped_on ?? today;
  const bar = coverBar(
    file.cover.map(({ kind, number, from_day, until_day }) => ({
      kind,
      label: [t.label("coverKind", kind), number].filter(Boolean).join(" "),
      from: from_day ?? begin,
      until: until_day ?? `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`,
    })),
    today,
  );
  return bar && <CoverBarView bar={bar} />;
}
