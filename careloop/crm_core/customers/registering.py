"""Adding customers and contacts, and changing what the books say of them."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints
from sqlalchemy.orm import Session

from careloop.crm_core.customers import queries
from careloop.crm_core.customers.events import ContactChanged, CustomerChanged
from careloop.crm_core.customers.models import Contact, Customer
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput
from careloop.kit.events import emit
from careloop.kit.ids import new_id

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Country = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")]


class CustomerFacts(BaseModel):
    """What the books know of an organisation; what is left out stays, or is empty."""

    name: Name | None = Field(None, description="The organisation's name.")
    country: Country | None = Field(None, description="ISO 3166-1 code of two letters.")
    language: str | None = Field(None, max_length=10, description="Language, ISO 639-1.")
    city: str | None = Field(None, max_length=100, description="City.")
    address: str | None = Field(None, max_length=300, description="Address without the city.")
    industry: str | None = Field(None, max_length=100, description="What it does.")
    tier: str | None = Field(None, max_length=20, description="How it is ranked by the maker.")
    time_zone: str | None = Field(None, max_length=60, description="IANA time zone.")


class AddCustomer(CustomerFacts):
    """A new customer."""

    number: str = Field("", max_length=40, description="Customer number; empty: one is made.")


class CustomerChanges(CustomerFacts):
    """Changes of a customer; what is left out stays."""

    customer_id: str = Field(description="Id of the customer.")


class AddContact(BaseModel):
    """A new person of a customer."""

    customer_id: str = Field(description="Id of the customer.")
    name: Name = Field(description="The person's name.")
    email: str = Field("", max_length=254, description="E-mail address.")
    phone: str = Field("", max_length=20, description="Phone number, E.164.")
    language: str = Field("", max_length=10, description="Language, ISO 639-1.")
    role: str = Field("", max_length=100, description="What the person does there.")


class ContactFacts(BaseModel):
    """Changes of a person; what is left out stays."""

    contact_id: str = Field(description="Id of the contact.")
    customer_id: str | None = Field(None, description="Id of the customer.")
    name: Name | None = Field(None, description="The person's name.")
    email: str | None = Field(None, max_length=254, description="E-mail address.")
    phone: str | None = Field(None, max_length=20, description="Phone number, E.164.")
    language: str | None = Field(None, max_length=10, description="Language, ISO 639-1.")
    role: str | None = Field(None, max_length=100, description="What the person does there.")


def add_customer(session: Session, actor: Actor, command: AddCustomer) -> Customer:
    """Add an organisation; its number is its own."""
    if command.name is None:
        raise InvalidInput("name: a customer has one")
    row_id = new_id()
    number = command.number.strip() or f"C-{row_id[-10:].upper()}"
    if queries.customer_by_number(session, actor, number) is not None:
        raise Conflict(f"There is a customer {number} already")
    at = now(session)
    facts = {
        name: value for name, value in command.model_dump(exclude={"number"}).items()
        if value is not None
    }  # fmt: skip
    row = Customer(
        tenant_id=actor.tenant_id, id=row_id, number=number, created_at=at, updated_at=at, **facts
    )
    session.add(row)
    session.flush()
    emit(session, CustomerChanged(actor.tenant_id, row.id, frozenset({"number", *facts})))
    return row


def change_customer(session: Session, actor: Actor, command: CustomerChanges) -> Customer:
    """Change facts of an organisation; its number stays."""
    row = queries.customer(session, actor, command.customer_id)
    changed = _set(row, command.model_dump(exclude={"customer_id"}))
    if changed:
        row.touch(now(session))
        session.flush()
        emit(session, CustomerChanged(actor.tenant_id, row.id, changed))
    return row


def add_contact(session: Session, actor: Actor, command: AddContact) -> Contact:
    """Add a person to a customer."""
    queries.customer(session, actor, command.customer_id)
    at = now(session)
    facts = command.model_dump()
    row = Contact(tenant_id=actor.tenant_id, id=new_id(), created_at=at, updated_at=at, **facts)
    session.add(row)
    session.flush()
    emit(session, ContactChanged(actor.tenant_id, row.id, frozenset(facts)))
    return row


def change_contact_facts(session: Session, actor: Actor, command: ContactFacts) -> Contact:
    """Change facts of a person."""
    row = queries.contact(session, actor, command.contact_id)
    if command.customer_id:
        queries.customer(session, actor, command.customer_id)
    changed = _set(row, command.model_dump(exclude={"contact_id"}))
    if changed:
        row.touch(now(session))
        session.flush()
        emit(session, ContactChanged(actor.tenant_id, row.id, changed))
    return row


def _set(row: Customer | Contact, facts: dict[str, str | None]) -> frozenset[str]:
    """Give the columns their values; the names of those that differ."""
    changed = {
        name for name, value in facts.items() if value is not None and getattr(row, name) != value
    }
    for name in changed:
        setattr(row, name, facts[name])
    return frozenset(changed)
