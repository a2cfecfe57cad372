import type { Translator } from "../i18n/catalogue";

/** What a field of a ticket's form is called; the serial number lies on the ticket itself. */
export const fieldName = (name: string, t: Translator): string =>
  name === "serial" ? t("ticket.serial") : t.label("ticketField", name);
