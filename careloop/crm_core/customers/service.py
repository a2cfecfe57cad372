"""Writers of customers and contacts."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.custom.holding import change_values
from careloop.crm_core.customers import queries
from careloop.crm_core.customers.events import ContactChanged, CustomerChanged
from careloop.crm_core.customers.models import ChannelIdentity, Contact
from careloop.crm_core.customers.schemas import (
    ChangeContact,
    ChangeCustomer,
    ContactView,
    CustomerView,
    LinkContact,
)  # fmt: skip
from careloop.kit.actor import Actor, Role
from careloop.kit.db import now
from careloop.kit.errors import VersionConflict
from careloop.kit.events import emit
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
    change_values(session, contact, command.custom, strict=_strict(actor))
    contact.touch(now(session))
    told = frozenset(command.model_dump(exclude={"contact_id"}, exclude_none=True))
    emit(session, ContactChanged(actor.tenant_id, contact.id, told))
    return queries.contact_view(contact)


def change_customer(session: Session, actor: Actor, command: ChangeCustomer) -> CustomerView:
    """Set own fields of a customer; 412 when somebody changed it meanwhile."""
    row = queries.customer(session, actor, command.customer_id, lock=True)
    if command.version is not None and command.version != row.version:
        raise VersionConflict("Somebody changed this customer meanwhile; load it again")
    if change_values(session, row, command.custom, strict=_strict(actor)):
        row.touch(now(session))
        emit(session, CustomerChanged(actor.tenant_id, row.id, frozenset({"custom"})))
    return queries.customer_view(row)


def _strict(actor: Actor) -> bool:
    """Whether what is needed may not be cleared: for people, not for imports and rules."""
    return actor.role is not Role.SYSTEM


def link_contact(session: Session, actor: Actor, command: LinkContact) -> ContactView:
    """Say which customer a contact belongs to; only staff can know."""
    contact = queries.contact(session, actor, command.contact_id)
    contact.customer_id = queries.customer(session, actor, command.customer_id).id
    contact.touch(now(session))
    emit(session, ContactChanged(actor.tenant_id, contact.id, frozenset({"customer_id"})))
    return queries.contact_view(contact)
