import { Link } from "react-router";
import { useDevice, useEntitlement } from "../api/visits";
import type { Entitlement } from "../api/visits";
import { useWords } from "../i18n/LanguageProvider";
import { Icon } from "../ui/Icon";
import { Failed, Note } from "../ui/States";

/** The device, and who pays for working on it; `short` leads to its whole file. */
export function DeviceCard({ serial, short }: { serial: string; short?: boolean }) {
  const { t, f } = useWords();
  const file = useDevice(serial);
  const paid = useEntitlement(serial);
  if (file.isError) return <Failed error={file.error} retry={() => void file.refetch()} />;
  const device = file.data?.asset;
  const contract = file.data?.contract;
  return (
    <article className="card">
      {short && (
        <>
          <h2>
            <Icon name="device" small />
            {t("visit.device")}
          </h2>
          <Link className="row-link" to={`/devices/${encodeURIComponent(serial)}`}>
            <span className="row-main">
              <span className="strong">{device?.name || device?.model}</span>
              <br />
              <span className="figures quiet wrap">{serial}</span>
            </span>
            <Icon name="next" small />
          </Link>
        </>
      )}
      {device && (
        <dl className="facts">
          <dt>{t("device.model")}</dt>
          <dd>{device.model}</dd>
          {device.firmware && <dt>{t("device.firmware")}</dt>}
          {device.firmware && <dd>{device.firmware}</dd>}
          {device.warranty_until && <dt>{t("device.warranty")}</dt>}
          {device.warranty_until && <dd>{f.date(device.warranty_until)}</dd>}
          {contract && <dt>{t("device.contract")}</dt>}
          {contract && (
            <dd>
              {contract.plan} <span className="figures quiet">{contract.number}</span>
            </dd>
          )}
        </dl>
      )}
      {paid.data && <Payer found={paid.data} />}
    </article>
  );
}

function Payer({ found }: { found: Entitlement }) {
  const { t } = useWords();
  return (
    <Note tone={found.covered && found.share >= 100 ? "green" : "amber"} icon="flag">
      <p className="strong">
        {found.covered
          ? t("pays.borne", { by: t.label("payer", found.by), share: found.share })
          : t("pays.customer")}
      </p>
      <ul className="small">
        {found.reasons.map((reason) => (
          <li key={reason.code}>{t.reason(reason)}</li>
        ))}
      </ul>
    </Note>
  );
}
