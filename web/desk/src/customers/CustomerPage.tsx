import { useQuery } from "@tanstack/react-query";
import { Button, Tabs } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useMay } from "../app/session";
import { customer } from "../api/records";
import type { Contact, CustomerFile } from "../api/types";
import { Warranty } from "../devices/Warranty";
import { devicePath } from "../devices/terms";
import { setContactValues, setCustomerValues } from "../api/customise";
import type { OwnValues } from "../api/customise";
import { OwnFacts } from "../customise/OwnFacts";
import { useOwnSave } from "../customise/useOwnSave";
import { useWords } from "../i18n/LanguageProvider";
import { PersonDrawer } from "../privacy/PersonDrawer";
import { OPEN_STATES } from "../tickets/terms";
import { TicketLinks } from "../tickets/TicketLinks";
import { DetailPage } from "../ui/DetailPage";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { Facts, Section } from "../ui/Facts";
import { PageSkeleton } from "../ui/Skeletons";
import { CustomerContracts } from "./CustomerContracts";
import { CustomerMoves } from "./CustomerMoves";

/** Everything about a customer on one page: people, devices, agreements, tickets, parts. */
export default function CustomerPage() {
  const { id = "" } = useParams();
  const file = useQuery({ queryKey: ["customers", id], queryFn: () => customer(id) });
  if (file.isPending) return <PageSkeleton />;
  if (!file.data) return <ErrorState error={file.error} retry={() => file.refetch()} />;
  return <Shown key={id} file={file.data} />;
}

function Shown({ file }: { file: CustomerFile }) {
  const { t, f } = useWords();
  const mayReadContracts = useMay("contracts:read");
  const mayReadStock = useMay("stock:read");
  const mayWrite = useMay("customers:write");
  const save = useOwnSave([["customers"]], (custom) =>
    setCustomerValues(file.customer.id, custom, file.customer.version),
  );
  const { customer: one, tickets, assets, contacts } = file;
  const open = tickets.filter((ticket) => OPEN_STATES.some((state) => state === ticket.state));
  return (
    <DetailPage
      back={{ to: "/customers", label: t("nav.customers") }}
      title={one.name}
      sub={
        <>
          <span className="figures">{one.number}</span>
          {one.tier && <span className="tag">{t.label("tier", one.tier)}</span>}
          <span>{t("customer.openTickets", { count: open.length })}</span>
        </>
      }
      acts={<Link to={`/tickets?customer_id=${one.id}`}>{t("customer.allTickets")}</Link>}
      facts={
        <>
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
          <OwnFacts subject="customer" values={one.custom as OwnValues} save={mayWrite ? save : undefined} />
          <Section title={t("customer.contacts", { count: contacts.length })}>
            <ul className="people">
              {contacts.map((contact) => (
                <Person key={contact.id} contact={contact} />
              ))}
            </ul>
          </Section>
        </>
      }
      label={t("nav.tickets")}
      related={
        <>
          <Section
            title={t("side.devices", { count: assets.length })}
            extra={<Link to={`/devices?customer_id=${one.id}`}>{t("customer.allDevices")}</Link>}
          >
            <ul className="side-devices">
              {assets.map((asset) => (
                <li key={asset.id}>
                  <Link to={devicePath(asset.serial)} className="figures">
                    {asset.serial}
                  </Link>
                  <span>{asset.model}</span>
                  <Warranty until={asset.warranty_until} />
                </li>
              ))}
            </ul>
          </Section>
          {mayReadContracts && <CustomerContracts customerId={one.id} />}
        </>
      }
    >
      <Tabs
        items={[
          {
            key: "tickets",
            label: t("side.tickets", { count: tickets.length }),
            children: tickets.length ? (
              <TicketLinks tickets={tickets} />
            ) : (
              <EmptyState title={t("customer.noTickets")} />
            ),
          },
          ...(mayReadStock
            ? [
                {
                  key: "parts",
                  label: t("customer.parts"),
                  children: <CustomerMoves tickets={tickets.map((ticket) => ticket.number)} />,
                },
              ]
            : []),
        ]}
      />
    </DetailPage>
  );
}

function Person({ contact }: { contact: Contact }) {
  const { t } = useWords();
  const mayPrivacy = useMay("privacy");
  const mayWrite = useMay("customers:write");
  const [open, setOpen] = useState(false);
  const save = useOwnSave([["customers"]], (custom) => setContactValues(contact.id, custom));
  return (
    <li>
      <strong>{contact.name}</strong>
      {contact.role && <span>{t.label("contactRole", contact.role)}</span>}
      {contact.phone && <a href={`tel:${contact.phone}`}>{contact.phone}</a>}
      {contact.email && <a href={`mailto:${contact.email}`}>{contact.email}</a>}
      {mayPrivacy && (
        <Button
          type="link"
          size="small"
          className="person-privacy"
          aria-label={t("privacy.person", { name: contact.name })}
          onClick={() => setOpen(true)}
        >
          {t("privacy.short")}
        </Button>
      )}
      <OwnFacts subject="contact" values={contact.custom as OwnValues} save={mayWrite ? save : undefined} />
      {open && <PersonDrawer contactId={contact.id} onClose={() => setOpen(false)} />}
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
