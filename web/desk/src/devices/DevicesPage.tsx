import { useMemo } from "react";
import { Link } from "react-router";
import { assets } from "../api/records";
import type { Asset } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { RecordList } from "../ui/RecordList";
import { byText, textColumn } from "../ui/listColumns";
import type { ListColumn } from "../ui/listColumns";
import { Warranty } from "./Warranty";

const pathOf = (asset: Asset): string => `/devices/${encodeURIComponent(asset.serial)}`;

/** Every device on file; the search also finds serial numbers that are mistyped. */
export default function DevicesPage() {
  const { t, f } = useWords();
  const columns = useMemo<ListColumn<Asset>[]>(
    () => [
      {
        key: "serial",
        title: t("device.serial"),
        width: 170,
        render: (one) => (
          <Link to={pathOf(one)} className="figures nowrap">
            {one.serial}
          </Link>
        ),
        text: (one) => one.serial,
        compare: byText((one) => one.serial),
      },
      textColumn("model", t("device.model"), (one) => one.model, 130),
      textColumn("site", t("device.site"), (one) => one.site, 220),
      {
        key: "warranty",
        title: t("device.warranty"),
        width: 200,
        render: (one) => <Warranty until={one.warranty_until} />,
        text: (one) => one.warranty_until ?? "",
        compare: byText((one) => one.warranty_until ?? ""),
      },
      textColumn("contract", t("device.contract"), (one) => one.contract_number, 150),
      textColumn("firmware", t("device.firmware"), (one) => one.firmware, 100),
      {
        key: "hours",
        title: t("device.hours"),
        width: 120,
        render: (one) =>
          one.usage_hours === null ? "" : <span className="figures">{f.number(one.usage_hours)}</span>,
        text: (one) => String(one.usage_hours ?? ""),
        compare: (a, b) => (a.usage_hours ?? -1) - (b.usage_hours ?? -1),
      },
    ],
    [t, f],
  );
  return (
    <RecordList<Asset>
      subject="assets"
      title={t("nav.devices")}
      search={t("devices.search")}
      empty={{ title: t("devices.empty"), hint: t("devices.emptyHint") }}
      columns={columns}
      fetch={(q, cursor, signal) => assets({ q, cursor }, signal)}
      rowKey={(one) => one.id}
      pathOf={pathOf}
      card={(one) => (
        <>
          <strong className="figures">{one.serial}</strong>
          <span className="row-card-facts">
            <span>{one.model}</span>
            <Warranty until={one.warranty_until} />
          </span>
          <span className="quiet">{one.site}</span>
        </>
      )}
    />
  );
}
