"""Customers and contacts: the records beside the tickets."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field

from careloop.api.auth import (
    CustomerReaderDep,
    ServicesDep,
    SessionDep,
    StaffDep,
)  # fmt: skip
from careloop.api.device_file import ContractFacts
from careloop.api.routes.commands import KeyDep
from careloop.api.routes.paging import Limit, Page
from careloop.crm_core.assets import queries as assets
from careloop.crm_core.assets.schemas import AssetView
from careloop.crm_core.contracts import queries as contracts
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.customers.schemas import (
    ChangeContact,
    ContactView,
    CustomerView,
    LinkContact,
)  # fmt: skip
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.schemas import TicketView

router = APIRouter(prefix="/v1", tags=["records"])


class CustomerPage(BaseModel):
    """The customer 360 view."""

    customer: CustomerView
    contacts: list[ContactView]
    assets: list[AssetView]
    contracts: list[ContractFacts]
    tickets: list[TicketView]


class ContactChanges(BaseModel):
    name: str | None = Field(None, max_length=200)
    email: str | None = Field(None, max_length=254)
    phone: str | None = Field(None, max_length=20)
    language: str | None = Field(None, max_length=10)


class Link(BaseModel):
    customer_id: str


@router.get("/customers")
def list_customers(
    session: SessionDep, actor: CustomerReaderDep, q: str = "", cursor: str = "", limit: Limit = 50
) -> Page[CustomerView]:
    """Customers by number."""
    rows = customers.customers(session, actor, q, cursor, limit + 1)
    following = rows[limit - 1].number if len(rows) > limit else None
    return Page(items=[customers.customer_view(row) for row in rows[:limit]], next_cursor=following)


@router.get("/customers/{customer_id}")
def customer(session: SessionDep, actor: CustomerReaderDep, customer_id: str) -> CustomerPage:
    """A customer with contacts, devices, contracts and tickets."""
    row = customers.customer(session, actor, customer_id)
    owned = assets.assets_of(session, actor.tenant_id, row.id, limit=200)
    found = tickets.tickets(session, actor, customer_id=row.id, limit=100)
    agreed = contracts.contracts_of(session, actor, row.id)
    return CustomerPage(
        customer=customers.customer_view(row),
        contacts=[customers.contact_view(c) for c in customers.contacts_of(session, actor, row.id)],
        assets=[assets.asset_view(item) for item in owned],
        contracts=[ContractFacts.model_validate(item, from_attributes=True) for item in agreed],
        tickets=[tickets.ticket_view(ticket) for ticket in found],
    )


@router.patch("/contacts/{contact_id}")
def change_contact(
    services: ServicesDep,
    actor: StaffDep,
    contact_id: str,
    body: ContactChanges,
    key: KeyDep = None,
) -> ContactView:
    """Mend a contact's data."""
    command = ChangeContact(contact_id=contact_id, **body.model_dump(exclude_unset=True))
    return ContactView.model_validate(
        services.runtime.invoke(actor, "contacts.change", command, key=key)
    )


@router.post("/contacts/{contact_id}/link")
def link_contact(
    services: ServicesDep, actor: StaffDep, contact_id: str, body: Link, key: KeyDep = None
) -> ContactView:
    """Say which customer a contact belongs to."""
    command = LinkContact(contact_id=contact_id, customer_id=body.customer_id)
    return ContactView.model_validate(
        services.runtime.invoke(actor, "contacts.link", command, key=key)
    )
