import { useNavigate, useParams } from "react-router";
import { useDevice } from "../api/visits";
import type { DeviceFile } from "../api/visits";
import { useWords } from "../i18n/LanguageProvider";
import { Icon } from "../ui/Icon";
import { Page } from "../ui/Page";
import { Failed, Loading, Tag } from "../ui/States";
import { DeviceCard } from "../visit/DeviceCard";
import { HistoryCard } from "../visit/HistoryCard";

type Node = DeviceFile["components"][number];

/** The file of a device, short: what it is, what is in it, what was done to it. */
export default function DevicePage() {
  const { serial = "" } = useParams();
  const { t } = useWords();
  const navigate = useNavigate();
  const file = useDevice(serial);
  return (
    <Page
      title={file.data?.asset.name || file.data?.asset.model || t("visit.device")}
      sub={<span className="figures">{serial}</span>}
      back="/scan"
      acts={
        <button type="button" className="icon-button" aria-label={t("act.close")} onClick={() => void navigate(-1)}>
          <Icon name="close" />
        </button>
      }
    >
      {file.isPending && <Loading />}
      {file.isError && <Failed error={file.error} retry={() => void file.refetch()} />}
      {file.data && <Shown file={file.data} />}
    </Page>
  );
}

function Shown({ file }: { file: DeviceFile }) {
  const { t, f } = useWords();
  const open = file.tickets.filter((one) => !["closed", "resolved", "cancelled", "merged"].includes(one.state));
  return (
    <>
      {file.customer && (
        <p className="line">
          <span className="strong wrap">{file.customer.name}</span>
          <Tag>{t.label("deviceStatus", file.asset.status)}</Tag>
        </p>
      )}
      <DeviceCard serial={file.asset.serial} />
      {open.length > 0 && (
        <section className="card">
          <h2>{t("device.open")}</h2>
          <ul className="rows">
            {open.map((one) => (
              <li key={one.number}>
                <div className="row-main">
                  <p className="wrap">{one.title}</p>
                  <p className="quiet figures">{one.number}</p>
                </div>
                <Tag>{t.label("ticketState", one.state)}</Tag>
              </li>
            ))}
          </ul>
        </section>
      )}
      {file.components.length > 0 && (
        <section className="card">
          <h2>
            <Icon name="part" small />
            {t("device.components")}
          </h2>
          <Tree nodes={file.components} />
        </section>
      )}
      {file.documents.length > 0 && (
        <section className="card">
          <h2>
            <Icon name="note" small />
            {t("device.documents")}
          </h2>
          <ul className="rows">
            {file.documents.filter((one) => one.url).map((one) => (
              <li key={one.id}>
                <a className="row-link" href={one.url} target="_blank" rel="noreferrer">
                  <span className="row-main wrap">{one.title}</span>
                  <span className="quiet">{one.lang}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {file.meters.length > 0 && (
        <section className="card">
          <h2>
            <Icon name="gauge" small />
            {t("device.meters")}
          </h2>
          <dl className="facts">
            {file.meters.map((one) => (
              <Meter key={one.id} name={one.name} value={one.last_value === null ? "–" : `${f.number(one.last_value, 2)} ${one.unit}`} />
            ))}
          </dl>
        </section>
      )}
      <HistoryCard serial={file.asset.serial} />
    </>
  );
}

function Meter({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="figures">{value}</dd>
    </>
  );
}

function Tree({ nodes }: { nodes: readonly Node[] }) {
  const { f } = useWords();
  return (
    <ul className="tree">
      {nodes.map((one) => (
        <li key={one.id}>
          <span className="wrap">{one.name || one.position}</span>{" "}
          <span className="quiet figures wrap">
            {[one.part, one.serial, one.fitted_on && f.date(one.fitted_on)].filter(Boolean).join(" · ")}
          </span>
          {!!one.children?.length && <Tree nodes={one.children} />}
        </li>
      ))}
    </ul>
  );
}
