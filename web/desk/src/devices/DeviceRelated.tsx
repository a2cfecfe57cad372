import { Link } from "react-router";
import { useMay } from "../app/session";
import type { DeviceFile } from "../api/devices";
import { useWords } from "../i18n/LanguageProvider";
import { OPEN_STATES } from "../tickets/terms";
import { TicketLinks } from "../tickets/TicketLinks";
import { Section } from "../ui/Facts";
import { ComponentTree } from "./ComponentTree";
import { DeviceDocuments } from "./DeviceDocuments";
import { PublicLinkCard } from "./PublicLinkCard";

/** What stands beside a device: owner, open tickets, what it is made of, papers, its public page. */
export function DeviceRelated({ file }: { file: DeviceFile }) {
  const { t, f } = useWords();
  const mayReadContracts = useMay("contracts:read");
  const { asset: device, customer, contract, tickets } = file;
  const open = tickets.filter((one) => OPEN_STATES.some((state) => state === one.state));
  return (
    <>
      {customer && (
        <Section title={t("side.customer")}>
          <Link to={`/customers/${customer.id}`} className="side-link">
            {customer.name}
          </Link>
          <p className="quiet">
            {[customer.number, customer.city, f.countryName(customer.country)].filter(Boolean).join(" · ")}
          </p>
        </Section>
      )}
      <Section title={t("device.contract")}>
        {contract ? (
          <>
            {mayReadContracts ? (
              <Link to={`/contracts/${encodeURIComponent(contract.number)}`} className="side-link">
                {contract.number}
              </Link>
            ) : (
              <span>{contract.number}</span>
            )}
            <p className="quiet">
              {[contract.plan, `${f.date(contract.starts_on) || "…"} – ${f.date(contract.ends_on) || "…"}`]
                .filter(Boolean)
                .join(" · ")}
            </p>
          </>
        ) : (
          <p className="quiet">{t("device.noContract")}</p>
        )}
      </Section>
      <Section
        title={t("device.openTickets", { count: open.length })}
        extra={<Link to={`/tickets?serial=${encodeURIComponent(device.serial)}`}>{t("device.allTickets", { count: tickets.length })}</Link>}
      >
        {open.length ? <TicketLinks tickets={open} /> : <p className="quiet">{t("state.none")}</p>}
      </Section>
      <ComponentTree serial={device.serial} nodes={file.components} />
      <DeviceDocuments serial={device.serial} documents={file.documents} />
      <PublicLinkCard device={device} link={file.public_link} />
    </>
  );
}
