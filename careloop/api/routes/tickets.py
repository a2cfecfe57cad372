"""Tickets."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Query
from pydantic import BaseModel, Field

from careloop.api.auth import ServicesDep, SessionDep, StaffDep, TicketReaderDep
from careloop.api.routes.paging import Limit, Page
from careloop.crm_core.assets import queries as assets
from careloop.crm_core.assets.schemas import AssetView
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.customers.schemas import ContactView, CustomerView
from careloop.crm_core.tickets import queries
from careloop.crm_core.tickets.models import Priority, TicketState, TicketType
from careloop.crm_core.tickets.schemas import (
    ChangeTicket,
    CommentTicket,
    MoveTicket,
    OpenTicket,
    TicketEventView,
    TicketView,
)  # fmt: skip

router = APIRouter(prefix="/v1/tickets", tags=["tickets"])
Key = Annotated[str | None, Header(alias="Idempotency-Key", max_length=200)]


class TicketPage(BaseModel):
    """A ticket with its history and what it is about."""

    ticket: TicketView
    history: list[TicketEventView]
    contact: ContactView | None
    customer: CustomerView | None
    asset: AssetView | None


class TicketChanges(BaseModel):
    title: str | None = Field(None, min_length=1, max_length=300)
    description: str | None = Field(None, max_length=20_000)
    priority: Priority | None = None
    type: TicketType | None = None
    assignee_id: str | None = None
    engineer: str | None = Field(None, max_length=40)
    version: int | None = None


class Move(BaseModel):
    state: TicketState
    reason: str = Field("", max_length=1000)
    version: int | None = None


class Comment(BaseModel):
    text: str = Field(min_length=1, max_length=10_000)
    public: bool = False


@router.get("")
def tickets(
    session: SessionDep, actor: TicketReaderDep, q: str = "",
    state: Annotated[list[TicketState] | None, Query()] = None,
    priority: Annotated[list[Priority] | None, Query()] = None,
    assignee_id: str = "", customer_id: str = "", serial: str = "", cursor: str = "",
    limit: Limit = 50,
) -> Page[TicketView]:  # fmt: skip
    """Tickets, newest first."""
    rows = queries.tickets(
        session, actor, q=q, states=state or (), priorities=priority or (),
        assignee_id=assignee_id, customer_id=customer_id, serial=serial, before=cursor,
        limit=limit + 1,
    )  # fmt: skip
    following = rows[limit - 1].id if len(rows) > limit else None
    return Page(items=[queries.ticket_view(row) for row in rows[:limit]], next_cursor=following)


@router.post("", status_code=201)
def open_ticket(
    services: ServicesDep, actor: StaffDep, body: OpenTicket, key: Key = None
) -> TicketView:
    """Open a ticket."""
    return TicketView.model_validate(services.runtime.invoke(actor, "tickets.open", body, key=key))


@router.get("/{number}")
def ticket(session: SessionDep, actor: TicketReaderDep, number: str) -> TicketPage:
    """A ticket with its history."""
    row = queries.ticket(session, actor, number)
    found = assets.asset_by_id(session, actor.tenant_id, row.asset_id) if row.asset_id else None
    return TicketPage(
        ticket=queries.ticket_view(row),
        history=[queries.event_view(event) for event in queries.history(session, actor, row)],
        contact=customers.contact_view(customers.contact(session, actor, row.contact_id))
        if row.contact_id
        else None,
        customer=customers.customer_view(customers.customer(session, actor, row.customer_id))
        if row.customer_id
        else None,
        asset=assets.asset_view(found) if found else None,
    )


@router.patch("/{number}")
def change(
    services: ServicesDep, actor: StaffDep, number: str, body: TicketChanges, key: Key = None
) -> TicketView:
    """Change facts; 412 when somebody else changed the ticket meanwhile."""
    command = ChangeTicket(number=number, **body.model_dump(exclude_unset=True))
    return TicketView.model_validate(
        services.runtime.invoke(actor, "tickets.change", command, key=key)
    )


@router.post("/{number}/move")
def move(
    services: ServicesDep, actor: StaffDep, number: str, body: Move, key: Key = None
) -> TicketView:
    """One step of the state machine."""
    command = MoveTicket(number=number, **body.model_dump())
    view = services.runtime.invoke(actor, "tickets.move", command, key=key, reason=body.reason)
    return TicketView.model_validate(view)


@router.post("/{number}/comments", status_code=201)
def comment(
    services: ServicesDep, actor: StaffDep, number: str, body: Comment, key: Key = None
) -> TicketView:
    """Add a line to the history."""
    command = CommentTicket(number=number, **body.model_dump())
    return TicketView.model_validate(
        services.runtime.invoke(actor, "tickets.comment", command, key=key)
    )
