"""Customers and contacts: the records beside the tickets."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from careloop.api.auth import (
    CustomerReaderDep,
    ServicesDep,
    SessionDep,
    StaffDep,
)  # fmt: skip
from careloop.api.device_file import ContractFacts
from careloop.api.routes.commands import BaseVersionDep, KeyDep, act
from careloop.api.routes.paging import Limit, Page, multi
from careloop.crm_core.assets import queries as assets
from careloop.crm_core.assets.schemas import AssetView
from careloop.crm_core.contracts import queries as contracts
from careloop.crm_core.custom.filter_queries import given_of
from careloop.crm_core.custom.schemas import CustomValues
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.customers.schemas import (
    ChangeContact,
    ChangeCustomer,
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
    custom: CustomValues | None = None


class CustomerChanges(BaseModel):
    custom: CustomValues | None = None
    version: int | None = None


class Link(BaseModel):
    customer_id: str


@router.get("/customers")
def list_customers(
    request: Request, session: SessionDep, actor: CustomerReaderDep, q: str = "",
    cursor: str = "", limit: Limit = 50,
) -> Page[CustomerView]:  # fmt: skip
    """Customers by number; `custom.<key>` filters by own fields."""
    given = given_of(multi(request))
    rows = customers.customers(session, actor, q, cursor, limit + 1, given)
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


@router.patch("/customers/{customer_id}")
def change_customer(
    services: ServicesDep, actor: StaffDep, customer_id: str, body: CustomerChanges,
    key: KeyDep = None, base: BaseVersionDep = None,
) -> CustomerView:  # fmt: skip
    """Set a customer's own fields; master data come with imports."""
    given = body.model_dump(exclude_unset=True) | ({} if base is None else {"version": base})
    command = ChangeCustomer(customer_id=customer_id, **given)
    return act(services, actor, "customers.change", command, CustomerView, key)


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
