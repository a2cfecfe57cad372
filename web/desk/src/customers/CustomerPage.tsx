import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { customer } from "../api/records";
import type { Contact, CustomerFile } from "../api/types";
import { ContractFacts } from "../devices/ContractFacts";
import { Warranty } from "../devices/Warranty";
import { useWords } from "../i18n/LanguageProvider";
import { OPEN_STATES } from "../tickets/terms";
import { TicketLinks } from "../tickets/TicketLinks";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { Facts, Section } from "../ui/Facts";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";

/** Everything about a customer on one page: people, devices, agreements, tickets. */
export default function CustomerPage() {
  const { id = "" } = useParams();
  const file = useQuery({ queryKey: ["customers", id], queryFn: () => customer(id) });
  if (file.isPending) return <PageSkeleton />;
  if (!file.data) return <ErrorState error={file.error} retry={() => file.refetch()} />;
  return <Shown file={file.data} />;
}

function Shown({ file }: { file: CustomerFile }) {
  const { t, f } = useWords();
  const { customer: one, tickets, assets, contacts, contracts } = file;
  const open = tickets.filter((ticket) => OPEN_STATES.some((state) => state === ticket.state));
  return (
    <div className="page page-record">
      <PageHead
        back={{ to: "/customers", label: t("nav.customers") }}
        title={one.name}
        sub={
          <>
            <span className="figures">{one.number}</span>
            {one.tier && <span className="tag">{t.label("tier", one.tier)}</span>}
            <span>{t("customer.openTickets", { count: open.length })}</span>
          </>
        }
      />
      <div className="record">
        <aside className="record-facts" aria-label={t("ticket.facts")}>
          <Facts
            facts={[
              { label: t("customer.country"), value: f.countryName(one.country) },
              { label: t("customer.city"), value: one.city },
              { label: t("customer.address"), value: one.address, wide: true },
              { label: t("customer.industry"), value: one.industry },
              { label: t("contact.language"), value: f.languageName(one.language) },
              { label: t("customer.timeZone"), value: <LocalTime zone={one.time_zone} /> },
            ]}
          />
          <Section title={t("customer.contacts", { count: contacts.length })}>
            <ul className="people">
              {contacts.map((contact) => (
                <Person key={contact.id} contact={contact} />
              ))}
            </ul>
          </Section>
        </aside>
        <section className="record-main" aria-label={t("nav.tickets")}>
          <h2>{t("side.tickets", { count: tickets.length })}</h2>
          {tickets.length ? <TicketLinks tickets={tickets} /> : <EmptyState title={t("customer.noTickets")} />}
        </section>
        <aside className="record-related" aria-label={t("ticket.related")}>
          <Section title={t("side.devices", { count: assets.length })}>
            <ul className="side-devices">
              {assets.map((asset) => (
                <li key={asset.id}>
                  <Link to={`/devices/${encodeURIComponent(asset.serial)}`} className="figures">
                    {asset.serial}
                  </Link>
                  <span>{asset.model}</span>
                  <Warranty until={asset.warranty_until} />
                </li>
              ))}
            </ul>
          </Section>
          {contracts.length > 0 && (
            <Section title={t("customer.contracts", { count: contracts.length })}>
              {contracts.map((contract) => (
                <ContractFacts key={contract.number} contract={contract} />
              ))}
            </Section>
          )}
        </aside>
      </div>
    </div>
  );
}

function Person({ contact }: { contact: Contact }) {
  const { t } = useWords();
  return (
    <li>
      <strong>{contact.name}</strong>
      {contact.role && <span>{t.label("contactRole", contact.role)}</span>}
      {contact.phone && <a href={`tel:${contact.phone}`}>{contact.phone}</a>}
      {contact.email && <a href={`mailto:${contact.email}`}>{contact.email}</a>}
    </li>
  );
}

/** A time zone with the time it is there now, so that nobody is called at night. */
function LocalTime({ zone }: { zone: string }) {
  const { f } = useWords();
  if (!zone) return null;
  try {
    const clock = { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: zone } as const;
    return <>{`${zone} · ${new Intl.DateTimeFormat(f.locale, clock).format(new Date())}`}</>;
  } catch {
    return <>{zone}</>;
  }
}
