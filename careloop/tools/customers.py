"""Tools over customers and contacts."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.customers import service
from careloop.crm_core.customers.schemas import (
    ChangeContact,
    ChangeCustomer,
    ContactView,
    CustomerView,
    LinkContact,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.tools.spec import Effect, tool


@tool("contacts.change", effect=Effect.WRITE, scope="customers:write")
def change_contact(session: Session, actor: Actor, command: ChangeContact) -> ContactView:
    """Store a contact's name, e-mail address, phone, language or own fields."""
    return service.change_contact(session, actor, command)


@tool("customers.change", effect=Effect.WRITE, scope="customers:write")
def change_customer(session: Session, actor: Actor, command: ChangeCustomer) -> CustomerView:
    """Set a customer's own fields."""
    return service.change_customer(session, actor, command)


@tool("contacts.link", effect=Effect.WRITE, scope="customers:write")
def link_contact(session: Session, actor: Actor, command: LinkContact) -> ContactView:
    """Say which customer a contact belongs to."""
    return service.link_contact(session, actor, command)
