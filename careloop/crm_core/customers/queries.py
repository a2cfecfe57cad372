"""Selects of customers and contacts."""

from __future__ import annotations

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from careloop.crm_core.custom.filter_queries import Given, narrowed
from careloop.crm_core.custom.models import Subject
from careloop.crm_core.customers.models import ChannelIdentity, Contact, Customer
from careloop.crm_core.customers.schemas import ContactView, CustomerView
from careloop.kit.actor import Actor
from careloop.kit.errors import NotFound


def visible_to(actor: Actor) -> Select[Customer]:
    """Customers the actor may see: staff all, a customer their own organisation."""
    statement = select(Customer).where(Customer.tenant_id == actor.tenant_id)
    return statement if actor.is_staff else statement.where(Customer.id == actor.customer_id)


def contacts_visible_to(actor: Actor) -> Select[Contact]:
    """Contacts the actor may see: staff all, a customer themselves."""
    statement = select(Contact).where(Contact.tenant_id == actor.tenant_id)
    return statement if actor.is_staff else statement.where(Contact.id == actor.contact_id)


def customers(
    session: Session, actor: Actor, q: str = "", after: str = "", limit: int = 50,
    given: Given = (),
) -> list[Customer]:  # fmt: skip
    """Customers by number, those after `after`; `q` matches number, name, city or a contact,
    `given` are conditions over own fields."""
    statement = narrowed(session, actor.tenant_id, Subject.CUSTOMER, visible_to(actor), given)
    if q:
        like = _contains(q)
        by_contact = select(Contact.customer_id).where(
            Contact.tenant_id == actor.tenant_id,
            or_(
                func.lower(Contact.name).like(like, escape="\\"),
                func.lower(Contact.email).like(like, escape="\\"),
                Contact.phone.like(like, escape="\\"),
            ),
        )
        statement = statement.where(
            or_(
                func.lower(Customer.number).like(like, escape="\\"),
                func.lower(Customer.name).like(like, escape="\\"),
                func.lower(Customer.city).like(like, escape="\\"),
                Customer.id.in_(by_contact),
            )
        )
    if after:
        statement = statement.where(Customer.number > after)
    return list(session.scalars(statement.order_by(Customer.number).limit(limit)))


def customer(session: Session, actor: Actor, customer_id: str, lock: bool = False) -> Customer:
    statement = visible_to(actor).where(Customer.id == customer_id)
    found = session.scalar(statement.with_for_update() if lock else statement)
    if found is None:
        raise NotFound("There is no such customer")
    return found


def customer_by_number(session: Session, actor: Actor, number: str) -> Customer | None:
    return session.scalar(visible_to(actor).where(Customer.number == number))


def names(session: Session, tenant_id: str, ids: set[str]) -> dict[str, str]:
    """Names of customers by id, for lists of other domains."""
    statement = select(Customer.id, Customer.name).where(
        Customer.tenant_id == tenant_id, Customer.id.in_(ids)
    )
    return {row.id: row.name for row in session.execute(statement)}


def contact(session: Session, actor: Actor, contact_id: str) -> Contact:
    found = session.scalar(contacts_visible_to(actor).where(Contact.id == contact_id))
    if found is None:
        raise NotFound("There is no such contact")
    return found


def contacts_by_id(session: Session, tenant_id: str, ids: set[str]) -> dict[str, Contact]:
    statement = select(Contact).where(Contact.tenant_id == tenant_id, Contact.id.in_(ids))
    return {row.id: row for row in session.scalars(statement)}


def contact_ids_named(tenant_id: str, q: str) -> Select[str]:
    """A sub-query: ids of contacts whose name holds `q`."""
    return select(Contact.id).where(
        Contact.tenant_id == tenant_id, func.lower(Contact.name).like(_contains(q), escape="\\")
    )


def contacts_of(session: Session, actor: Actor, customer_id: str) -> list[Contact]:
    statement = contacts_visible_to(actor).where(Contact.customer_id == customer_id)
    return list(session.scalars(statement.order_by(Contact.name)))


def contact_by_identity(
    session: Session, tenant_id: str, channel: str, account: str, external_id: str
) -> Contact | None:
    statement = (
        select(Contact)
        .join(
            ChannelIdentity,
            (ChannelIdentity.tenant_id == Contact.tenant_id)
            & (ChannelIdentity.contact_id == Contact.id),
        )
        .where(
            ChannelIdentity.tenant_id == tenant_id,
            ChannelIdentity.channel == channel,
            ChannelIdentity.account == account,
            ChannelIdentity.external_id == external_id,
        )
    )
    return session.scalar(statement)


def contact_by_address(
    session: Session, tenant_id: str, email: str = "", phone: str = ""
) -> Contact | None:
    """A known contact by mail address (case ignored) or E.164 phone number."""
    statement = select(Contact).where(
        Contact.tenant_id == tenant_id, Contact.customer_id.is_not(None)
    )
    if email:
        statement = statement.where(func.lower(Contact.email) == email.lower())
    elif phone:
        statement = statement.where(Contact.phone == phone)
    else:
        return None
    return session.scalar(statement.order_by(Contact.id).limit(1))


def customer_view(row: Customer) -> CustomerView:
    return CustomerView.model_validate(row, from_attributes=True)


def contact_view(row: Contact) -> ContactView:
    return ContactView.model_validate(row, from_attributes=True)


def _contains(q: str) -> str:
    escaped = q.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
