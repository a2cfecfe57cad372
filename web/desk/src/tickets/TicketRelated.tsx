import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { tickets } from "../api/tickets";
import type { TicketFile } from "../api/types";
import { CostsBox } from "../billing/CostsBox";
import { Warranty } from "../devices/Warranty";
import { FindingsBox } from "../faults/FindingsBox";
import { SurveyBox } from "../feedback/SurveyBox";
import { useWords } from "../i18n/LanguageProvider";
import { Facts, Section } from "../ui/Facts";
import { VisitsOfTicket } from "../visits/VisitsOfTicket";
import { ClocksBox } from "./ClocksBox";
import { CoverBox } from "./CoverBox";
import { DuplicatesBox } from "./DuplicatesBox";
import { FamilyBox } from "./FamilyBox";
import { PartsBox } from "./PartsBox";
import { TicketLinks } from "./TicketLinks";

/** What a ticket is about: device, customer, contact, conversation, other tickets of the device. */
export function TicketRelated({ file, mayWrite }: { file: TicketFile; mayWrite: boolean }) {
  const { t, f } = useWords();
  const { ticket, asset, customer, contact } = file;
  return (
    <>
      <ClocksBox number={ticket.number} />
      <VisitsOfTicket visits={file.work_orders ?? []} />
      <PartsBox number={ticket.number} />
      <CoverBox ticket={ticket} />
      <CostsBox number={ticket.number} customerId={ticket.customer_id} />
      <FindingsBox number={ticket.number} />
      <SurveyBox number={ticket.number} />
      <FamilyBox file={file} mayWrite={mayWrite} />
      <DuplicatesBox ticket={ticket} mayWrite={mayWrite} />
      {ticket.conversation_id && (
        <Section title={t("ticket.conversation")}>
          <Link to={`/inbox/all/${ticket.conversation_id}`}>{t("ticket.openConversation")}</Link>
        </Section>
      )}
      <Section title={t("ticket.device")}>
        {!asset && !ticket.serial && !ticket.model && <p className="quiet">{t("state.none")}</p>}
        {!asset && (ticket.serial || ticket.model) && (
          <p>{[ticket.model, ticket.serial].filter(Boolean).join(" · ")}</p>
        )}
        {asset && (
          <>
            <Link to={`/devices/${encodeURIComponent(asset.serial)}`} className="side-link figures">
              {asset.serial}
            </Link>
            <Facts
              facts={[
                { label: t("device.model"), value: asset.model },
                { label: t("device.warranty"), value: <Warranty until={asset.warranty_until} /> },
                { label: t("device.contract"), value: asset.contract_number },
                { label: t("device.site"), value: asset.site },
                { label: t("device.firmware"), value: asset.firmware },
              ]}
            />
          </>
        )}
      </Section>
      {customer && (
        <Section title={t("side.customer")}>
          <Link to={`/customers/${customer.id}`} className="side-link">
            {customer.name}
          </Link>
          <Facts
            facts={[
              { label: t("customer.number"), value: customer.number },
              { label: t("customer.tier"), value: t.label("tier", customer.tier) },
              {
                label: t("customer.place"),
                value: [customer.city, f.countryName(customer.country)].filter(Boolean).join(", "),
              },
            ]}
          />
        </Section>
      )}
      {contact && (
        <Section title={t("side.contact")}>
          <Facts
            facts={[
              { label: t("contact.name"), value: contact.name || t("inbox.visitor") },
              { label: t("contact.phone"), value: contact.phone },
              { label: t("contact.email"), value: contact.email },
            ]}
          />
        </Section>
      )}
      {ticket.serial && <OthersOfDevice serial={ticket.serial} number={ticket.number} />}
    </>
  );
}

function OthersOfDevice({ serial, number }: { serial: string; number: string }) {
  const { t } = useWords();
  const found = useQuery({
    queryKey: ["tickets", "of-device", serial],
    queryFn: ({ signal }) => tickets({ serial, limit: 6 }, signal),
  });
  const others = (found.data?.items ?? []).filter((one) => one.number !== number).slice(0, 5);
  if (others.length === 0) return null;
  return (
    <Section title={t("ticket.othersOfDevice")}>
      <TicketLinks tickets={others} />
    </Section>
  );
}
