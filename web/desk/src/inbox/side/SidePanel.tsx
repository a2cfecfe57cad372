import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useMay } from "../../app/session";
import type { ConversationFile } from "../../api/types";
import { Warranty } from "../../devices/Warranty";
import { useWords } from "../../i18n/LanguageProvider";
import { TicketLinks } from "../../tickets/TicketLinks";
import { Facts, Section } from "../../ui/Facts";
import { ContactCard } from "./ContactCard";
import { HandoffCard } from "./HandoffCard";
import { MemoryCard } from "./MemoryCard";
import { TicketForm } from "./TicketForm";

const intoView = (element: HTMLElement | null) =>
  element?.closest("section")?.scrollIntoView({ block: "start" });

/** What is known about a conversation: its state, the person, the customer, devices, tickets. */
export function SidePanel({ file }: { file: ConversationFile }) {
  const { t, f } = useWords();
  const { conversation, contact, customer, assets, tickets } = file;
  const mayOpen = useMay("tickets:open");
  const [opening, setOpening] = useState(false);
  return (
    <div className="side-body">
      <HandoffCard conversation={conversation} />
      <MemoryCard memory={file.memory} />
      <ContactCard contact={contact} customer={customer} conversationId={conversation.id} />
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
      <Section title={t("side.devices", { count: assets.length })}>
        {assets.length === 0 && <p className="quiet">{t("side.noDevices")}</p>}
        <ul className="side-devices">
          {assets.map((asset) => (
            <li key={asset.id} data-chosen={asset.id === conversation.asset_id}>
              <Link to={`/devices/${encodeURIComponent(asset.serial)}`}>{asset.serial}</Link>
              <span>{asset.model}</span>
              <Warranty until={asset.warranty_until} />
            </li>
          ))}
        </ul>
      </Section>
      <Section
        title={t("side.tickets", { count: tickets.length })}
        extra={
          mayOpen &&
          !opening && (
            <Button size="small" icon={<PlusOutlined />} onClick={() => setOpening(true)}>
              {t("ticket.create")}
            </Button>
          )
        }
      >
        {opening && (
          <div ref={intoView}>
            <TicketForm conversation={conversation} onDone={() => setOpening(false)} />
          </div>
        )}
        {tickets.length === 0 && !opening && <p className="quiet">{t("side.noTickets")}</p>}
        <TicketLinks tickets={tickets} />
      </Section>
    </div>
  );
}
