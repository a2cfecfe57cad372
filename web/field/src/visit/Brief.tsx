import type { TicketFile, VisitFile } from "../api/visits";
import { useDevice } from "../api/visits";
import { useWords } from "../i18n/LanguageProvider";
import { Icon } from "../ui/Icon";
import { MapLink } from "../ui/MapLink";
import { Note, Tag } from "../ui/States";
import { DueTag } from "./DueTag";
import { PRIORITY_TONE } from "./terms";

/** Why the engineer goes, to whom and where. */
export function Brief({ file, ticket }: { file: VisitFile; ticket?: TicketFile }) {
  const { t } = useWords();
  const facts = ticket?.ticket;
  const history = ticket?.history ?? [];
  const said = history.filter((line) => line.kind === "note" && line.text).slice(-3);
  return (
    <article className="card">
      <p className="line">
        <span className="figures quiet">{file.number}</span>
        {facts && <Tag tone={PRIORITY_TONE[facts.priority]}>{t.label("priority", facts.priority)}</Tag>}
        {facts?.due && <DueTag due={facts.due} />}
        {file.visit > 1 && <Tag tone="amber">{t("visit.again", { n: file.visit })}</Tag>}
      </p>
      <h2 className="wrap">{file.purpose || file.title}</h2>
      {file.purpose && file.purpose !== file.title && <p className="wrap">{file.title}</p>}
      {facts?.description && facts.description !== file.purpose && <p className="prose">{facts.description}</p>}
      {!!facts?.error_codes.length && (
        <p className="line">
          {facts.error_codes.map((code) => (
            <Tag key={code} tone="red">
              {code}
            </Tag>
          ))}
        </p>
      )}
      {said.map((line) => (
        <Note key={line.seq} icon="note">
          <p className="prose">{line.text}</p>
          <p className="small">{line.actor}</p>
        </Note>
      ))}
      {file.overlaps.length > 0 && (
        <Note tone="amber">{t("visit.overlaps", { numbers: file.overlaps.join(", ") })}</Note>
      )}
      <Whom ticket={ticket} />
      <Where file={file} ticket={ticket} />
    </article>
  );
}

function Whom({ ticket }: { ticket?: TicketFile }) {
  const { t } = useWords();
  const { customer, contact } = ticket ?? {};
  const phone = contact?.phone || ticket?.ticket.callback_phone;
  if (!customer && !contact && !phone) return null;
  return (
    <div>
      <p className="strong">{customer?.name}</p>
      {contact && (
        <p>
          {contact.name} {contact.role && <span className="quiet">{t.label("contactRole", contact.role)}</span>}
        </p>
      )}
      <div className="buttons tight">
        {phone && (
          <a className="button quiet-button" href={`tel:${phone}`} aria-label={t("act.callNumber", { phone })}>
            <Icon name="phone" small />
            {t("act.call")}
          </a>
        )}
        {contact?.email && (
          <a className="button quiet-button" href={`mailto:${contact.email}`}>
            <Icon name="mail" small />
            {t("act.mail")}
          </a>
        )}
      </div>
    </div>
  );
}

function Where({ file, ticket }: { file: VisitFile; ticket?: TicketFile }) {
  const device = useDevice(file.serial || undefined).data?.asset;
  const customer = ticket?.customer;
  const address = [customer?.address, customer?.city].filter(Boolean).join(", ");
  const place = file.site || device?.site || "";
  if (!place && !address) return null;
  return (
    <div>
      {place && <p className="strong wrap">{place}</p>}
      {address && address !== place && <p className="wrap">{address}</p>}
      <div className="buttons tight">
        <MapLink lat={device?.position?.lat} lon={device?.position?.lon} address={[place, address].filter(Boolean).join(", ")} />
      </div>
    </div>
  );
}
