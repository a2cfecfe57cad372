import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { asset } from "../api/records";
import type { Contract } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { TicketLinks } from "../tickets/TicketLinks";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { Facts, Section } from "../ui/Facts";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import { ContractFacts } from "./ContractFacts";
import { Warranty } from "./Warranty";

/** The file of one device: what it is, whether it is covered, what happened to it. */
export default function DevicePage() {
  const { serial = "" } = useParams();
  const { t, f } = useWords();
  const file = useQuery({ queryKey: ["assets", serial], queryFn: () => asset(serial) });
  if (file.isPending) return <PageSkeleton />;
  if (!file.data) return <ErrorState error={file.error} retry={() => file.refetch()} />;
  const { asset: device, customer, contract, tickets } = file.data;
  return (
    <div className="page page-record">
      <PageHead
        back={{ to: "/devices", label: t("nav.devices") }}
        title={<span className="figures">{device.serial}</span>}
        sub={
          <>
            <span>{device.model}</span>
            <Warranty until={device.warranty_until} />
          </>
        }
      />
      <div className="record">
        <aside className="record-facts" aria-label={t("ticket.facts")}>
          <Facts
            facts={[
              { label: t("device.model"), value: device.model },
              { label: t("device.site"), value: device.site },
              { label: t("device.installed"), value: f.date(device.installed_on) },
              { label: t("device.warrantyUntil"), value: f.date(device.warranty_until) },
              { label: t("device.firmware"), value: device.firmware },
              {
                label: t("device.hours"),
                value: device.usage_hours === null ? "" : f.number(device.usage_hours),
              },
            ]}
          />
        </aside>
        <section className="record-main" aria-label={t("nav.tickets")}>
          <h2>{t("side.tickets", { count: tickets.length })}</h2>
          {tickets.length === 0 ? (
            <EmptyState title={t("device.noTickets")} />
          ) : (
            <TicketLinks tickets={tickets} />
          )}
        </section>
        <aside className="record-related" aria-label={t("ticket.related")}>
          {customer && (
            <Section title={t("side.customer")}>
              <Link to={`/customers/${customer.id}`} className="side-link">
                {customer.name}
              </Link>
              <p className="quiet">
                {[customer.number, customer.city, f.countryName(customer.country)]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
            </Section>
          )}
          <Agreement contract={contract} />
        </aside>
      </div>
    </div>
  );
}

function Agreement({ contract }: { contract: Contract | null }) {
  const { t } = useWords();
  return (
    <Section title={t("device.contract")}>
      {contract ? (
        <ContractFacts contract={contract} />
      ) : (
        <p className="quiet">{t("device.noContract")}</p>
      )}
    </Section>
  );
}
