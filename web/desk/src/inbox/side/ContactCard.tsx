import { EditOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useMay } from "../../app/session";
import type { Contact, Customer } from "../../api/types";
import { useWords } from "../../i18n/LanguageProvider";
import { Facts, Section } from "../../ui/Facts";
import { ContactForm } from "./ContactForm";
import { LinkCustomer } from "./LinkCustomer";

interface Props {
  contact: Contact;
  customer: Customer | null;
  conversationId: string;
}

/** The person who writes; an agent mends what is known and says whose contact it is. */
export function ContactCard({ contact, customer, conversationId }: Props) {
  const { t, f } = useWords();
  const mayWrite = useMay("customers:write");
  const [editing, setEditing] = useState(false);
  return (
    <Section
      title={t("side.contact")}
      extra={
        mayWrite &&
        !editing && (
          <Button
            size="small"
            type="text"
            icon={<EditOutlined />}
            aria-label={t("contact.edit")}
            onClick={() => setEditing(true)}
          />
        )
      }
    >
      {editing ? (
        <ContactForm
          contact={contact}
          conversationId={conversationId}
          onDone={() => setEditing(false)}
        />
      ) : (
        <Facts
          facts={[
            { label: t("contact.name"), value: contact.name || t("inbox.visitor") },
            {
              label: t("contact.phone"),
              value: contact.phone && <a href={`tel:${contact.phone}`}>{contact.phone}</a>,
            },
            {
              label: t("contact.email"),
              value: contact.email && <a href={`mailto:${contact.email}`}>{contact.email}</a>,
            },
            { label: t("contact.language"), value: f.languageName(contact.language) },
            { label: t("contact.role"), value: contact.role && t.label("contactRole", contact.role) },
          ]}
        />
      )}
      {!customer && mayWrite && (
        <LinkCustomer contactId={contact.id} conversationId={conversationId} />
      )}
    </Section>
  );
}
