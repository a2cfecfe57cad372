"""Writers of customers and contacts."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.customers import queries
from careloop.crm_core.customers.models import ChannelIdentity, Contact
from careloop.crm_core.customers.schemas import ChangeContact, ContactView, LinkContact
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.ids import new_id


def ensure_contact(
    session: Session, tenant_id: str, channel: str, account: str, external_id: str, language: str
) -> Contact:
    """The contact known by that identity on the channel, made if it is new."""
    found = queries.contact_by_identity(session, tenant_id, channel, account, external_id)
    if found is not None:
        return found
    contact = Contact(tenant_id=tenant_id, id=new_id(), language=language)
    session.add(contact)
    session.flush()
    session.add(
        ChannelIdentity(
            tenant_id=tenant_id, contact_id=contact.id, channel=channel, account=account,
            external_id=external_id,
        )
    )  # fmt: skip
    return contact


def change_contact(session: Session, actor: Actor, command: ChangeContact) -> ContactView:
    """Store what a person told us about themselves."""
    contact = queries.contact(session, actor, command.contact_id)
    for name in ("name", "email", "phone", "language"):
        value = getattr(command, name)
        if value is not None:
            setattr(contact, name, value.strip())
    contact.touch(now(session))
    return queries.contact_view(contact)


def link_contact(session: Session, actor: Actor, command: LinkContact) -> ContactView:
    """Say which customer a contact belongs to; only staff can know."""
    contact = queries.contact(session, actor, command.contact_id)
    contact.customer_id = queries.customer(session, actor, command.customer_id).id
    contact.touch(now(session))
    return queries.contact_view(contact)
