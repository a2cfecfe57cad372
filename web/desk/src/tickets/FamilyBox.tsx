import { DisconnectOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { Link } from "react-router";
import { linkTicket } from "../api/tickets";
import type { TicketFile, TicketLink } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { Section } from "../ui/Facts";
import { useCommand } from "../ui/useCommand";
import { StateTag } from "./Tags";

const pathOf = (number: string): string => `/tickets/${encodeURIComponent(number)}`;

/** Tickets around this one: above, below, linked. */
export function FamilyBox({ file, mayWrite }: { file: TicketFile; mayWrite: boolean }) {
  const { t } = useWords();
  const { ticket, children = [], links = [] } = file;
  if (!ticket.parent && children.length === 0 && links.length === 0) return null;
  return (
    <Section title={t("ticket.family")}>
      <ul className="family">
        {ticket.parent && (
          <li>
            <span className="quiet">{t("ticket.parent")}</span>
            <Link to={pathOf(ticket.parent)} className="figures">
              {ticket.parent}
            </Link>
          </li>
        )}
        {children.map((child) => (
          <li key={child.number}>
            <span className="quiet">{t("ticket.child")}</span>
            <Link to={pathOf(child.number)}>
              <span className="figures">{child.number}</span> {child.title}
            </Link>
            <StateTag state={child.state} />
          </li>
        ))}
        {links.map((link) => (
          <LinkLine
            key={`${link.kind}-${link.target}-${link.inverse}`}
            number={ticket.number}
            link={link}
            mayWrite={mayWrite}
          />
        ))}
      </ul>
    </Section>
  );
}

function LinkLine({ number, link, mayWrite }: { number: string; link: TicketLink; mayWrite: boolean }) {
  const { t } = useWords();
  const body = { kind: link.kind, target: link.target };
  const remove = useCommand({
    run: () => linkTicket(number, { ...body, remove: true }),
    refresh: [["tickets", number]],
    done: () => ({ text: t("ticket.unlinked"), undo: () => linkTicket(number, body) }),
  });
  const talk = link.kind === "conversation";
  const kind = link.inverse ? `${link.kind}_inverse` : link.kind;
  return (
    <li>
      <span className="quiet">{t.label("linkKind", kind)}</span>
      <Link to={talk ? `/inbox/all/${link.target}` : pathOf(link.target)}>
        {talk ? link.title || t("ticket.openConversation") : `${link.target} ${link.title}`}
      </Link>
      {link.state && !talk && <StateTag state={link.state} />}
      {mayWrite && !link.inverse && (
        <Button
          type="text"
          size="small"
          icon={<DisconnectOutlined />}
          aria-label={t("act.remove", { name: link.target })}
          loading={remove.busy}
          onClick={() => remove.submit()}
        />
      )}
    </li>
  );
}
