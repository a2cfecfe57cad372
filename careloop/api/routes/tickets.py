"""Tickets."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import AwareDatetime, BaseModel, Field

from careloop.api.auth import ServicesDep, SessionDep, StaffDep, TicketReaderDep
from careloop.api.routes.commands import BaseVersionDep, KeyDep, act, tag
from careloop.api.routes.paging import Limit, Page, decode_cursor, encode_cursor, multi
from careloop.api.routes.ticket_family import linked
from careloop.crm_core.assets import queries as assets
from careloop.crm_core.assets.schemas import AssetView
from careloop.crm_core.custom.filter_queries import given_of
from careloop.crm_core.custom.schemas import CustomValues, FormView
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.customers.schemas import ContactView, CustomerView
from careloop.crm_core.tickets import (
    duplicates,
    family_queries,
    list_queries,
    own_fields,
    queries,
)  # fmt: skip
from careloop.crm_core.tickets.list_queries import Cursor, TicketFilter
from careloop.crm_core.tickets.models import Priority, TicketState, TicketType
from careloop.crm_core.tickets.own_order_queries import PATTERN as OWN_ORDER
from careloop.crm_core.tickets.policy import forms
from careloop.crm_core.tickets.schemas import (
    ChangeTicket,
    CommentTicket,
    MoveTicket,
    OpenTicket,
)  # fmt: skip
from careloop.crm_core.tickets.views import (
    ChildView,
    DuplicateView,
    TagCount,
    TicketEventView,
    TicketFileView,
    TicketForms,
    TicketLinkView,
    TicketView,
)  # fmt: skip
from careloop.crm_core.workorders import queries as workorders
from careloop.crm_core.workorders.views import WorkOrderView

router = APIRouter(prefix="/v1/tickets", tags=["tickets"])


class TicketPage(BaseModel):
    """A ticket with its history and what it is about."""

    ticket: TicketView
    history: list[TicketEventView]
    contact: ContactView | None
    customer: CustomerView | None
    asset: AssetView | None
    children: list[ChildView] = Field(default_factory=list)
    links: list[TicketLinkView] = Field(default_factory=list)
    attachments: list[TicketFileView] = Field(default_factory=list)
    watchers: list[str] = Field(default_factory=list)
    work_orders: list[WorkOrderView] = Field(default_factory=list)
    form: FormView
    """Which of the maker's own fields this ticket shows, and when each is needed."""


class TicketChanges(BaseModel):
    """What is left out stays; an empty text or id takes the value away."""

    title: str | None = Field(None, min_length=1, max_length=300)
    description: str | None = Field(None, max_length=20_000)
    priority: Priority | None = None
    type: TicketType | None = None
    assignee_id: str | None = None
    engineer: str | None = Field(None, max_length=40)
    serial: str | None = Field(None, max_length=80)
    model: str | None = Field(None, max_length=80)
    customer_id: str | None = None
    contact_id: str | None = None
    conversation_id: str | None = None
    contract: str | None = Field(None, max_length=60)
    error_codes: list[str] | None = None
    callback_phone: str | None = Field(None, max_length=30)
    component: str | None = Field(None, max_length=120)
    parent: str | None = Field(None, max_length=40)
    fields: dict[str, Any] | None = None
    own_type: str | None = Field(None, max_length=20)
    custom: CustomValues | None = None
    version: int | None = None


class Move(BaseModel):
    state: TicketState
    reason: str = Field("", max_length=1000)
    resolution: str = Field("", max_length=10_000)
    cause: str = Field("", max_length=60)
    component: str = Field("", max_length=120)
    version: int | None = None


class Comment(BaseModel):
    text: str = Field(min_length=1, max_length=10_000)
    public: bool = False


def wanted_tickets(
    request: Request,
    q: Annotated[str, Query(max_length=400)] = "",
    state: Annotated[list[TicketState] | None, Query()] = None,
    priority: Annotated[list[Priority] | None, Query()] = None,
    type: Annotated[list[TicketType] | None, Query()] = None,
    assignee_id: Annotated[str, Query(description="A user's id, `me` or `none`.")] = "",
    engineer: str = "",
    customer_id: str = "",
    serial: str = "",
    model: str = "",
    tag: Annotated[list[str] | None, Query(description="All of them.")] = None,
    contract: str = "",
    parent: str = "",
    watching: bool = False,
    due_before: AwareDatetime | None = None,
    due_state: Annotated[list[Literal["ok", "warning", "breached", "none"]] | None, Query()] = None,
    created_from: AwareDatetime | None = None,
    created_until: AwareDatetime | None = None,
    own_type: Annotated[list[str] | None, Query(description="The maker's own types.")] = None,
) -> TicketFilter:
    """The filters of the list, of its export, of its saved views; `custom.<key>` besides."""
    return TicketFilter(
        q=q, states=state or (), priorities=priority or (), types=type or (),
        assignee_id=assignee_id, engineer=engineer, customer_id=customer_id, serial=serial,
        model=model, tags=tag or (), contract=contract, parent=parent.strip().upper(),
        watching=watching, due_before=due_before, due_states=due_state or (),
        own_types=own_type or (), custom=given_of(multi(request)),
        created_from=created_from, created_until=created_until,
    )  # fmt: skip


WantedDep = Annotated[TicketFilter, Depends(wanted_tickets)]


@router.get("")
def tickets(
    session: SessionDep, actor: TicketReaderDep, wanted: WantedDep,
    sort: Annotated[
        str,
        Query(
            pattern=rf"^(newest|due|updated|priority|{OWN_ORDER})$",
            description="newest, due, updated, priority, or an own field: `custom.<key>`, "
            "`-custom.<key>` from the largest down.",
        ),
    ] = "newest",
    cursor: str = "", limit: Limit = 50,
) -> Page[TicketView]:  # fmt: skip
    """Tickets, newest first, or by due time, latest change, or urgency."""
    rows, following = list_queries.page(session, actor, wanted, sort, _after(cursor), limit)
    watched = family_queries.watched(session, actor, rows)
    return Page(
        items=[queries.ticket_view(row, row.id in watched) for row in rows],
        next_cursor=encode_cursor(*following) if following else None,
    )


def _after(cursor: str) -> Cursor | None:
    found = decode_cursor(cursor, 3)
    if found is None:
        return None
    run, value, last = found
    return (int(run) if isinstance(run, int) else -1, value if value is None else str(value),
            str(last or ""))  # fmt: skip


@router.post("", status_code=201)
def open_ticket(
    services: ServicesDep, actor: StaffDep, body: OpenTicket, response: Response,
    key: KeyDep = None,
) -> TicketView:  # fmt: skip
    """Open a ticket; its type's form says which fields it needs."""
    view = act(services, actor, "tickets.open", body, TicketView, key)
    tag(response, view.version)
    return view


@router.get("/forms")
def ticket_forms(actor: TicketReaderDep) -> TicketForms:
    """Types with their fields, states with their arrows."""
    return forms()


@router.get("/tags")
def ticket_tags(session: SessionDep, actor: TicketReaderDep) -> list[TagCount]:
    """Tags in use, the most used first."""
    return [TagCount(tag=t, tickets=n) for t, n in list_queries.tag_counts(session, actor)]


@router.get("/duplicates")
def would_be_duplicates(
    session: SessionDep, actor: TicketReaderDep, title: str = "", serial: str = "",
    customer_id: str = "", contact_id: str = "",
    error_code: Annotated[list[str] | None, Query()] = None,
) -> list[DuplicateView]:  # fmt: skip
    """Tickets that one about to be opened may repeat."""
    return duplicates.of_draft(
        session, actor, title=title, serial=serial, customer_id=customer_id,
        contact_id=contact_id, error_codes=error_code or [],
    )  # fmt: skip


@router.get("/{number}")
def ticket(
    services: ServicesDep, session: SessionDep, actor: TicketReaderDep, number: str,
    response: Response,
) -> TicketPage:  # fmt: skip
    """A ticket with its history and all that belongs to it."""
    row = queries.ticket(session, actor, number)
    found = assets.asset_by_id(session, actor.tenant_id, row.asset_id) if row.asset_id else None
    watchers = family_queries.watchers(session, actor.tenant_id, row.id)
    inside = family_queries.merged_into(session, actor.tenant_id, [row.id])
    visits = workorders.of_ticket(session, actor, [row.id, *inside])
    tag(response, row.version)
    return TicketPage(
        ticket=queries.ticket_view(row, actor.user_id in watchers),
        history=queries.whole_history(session, actor, row),
        contact=customers.contact_view(customers.contact(session, actor, row.contact_id))
        if row.contact_id
        else None,
        customer=customers.customer_view(customers.customer(session, actor, row.customer_id))
        if row.customer_id
        else None,
        asset=assets.asset_view(found) if found else None,
        children=[
            family_queries.child_view(one) for one in family_queries.children(session, actor, row)
        ],
        links=family_queries.links(session, actor, row),
        attachments=[linked(services, f) for f in family_queries.files(session, actor, row)],
        watchers=watchers,
        work_orders=[workorders.work_order_view(one) for one in visits],
        form=own_fields.form_of(session, actor.tenant_id, row.type, row.own_type),
    )


@router.patch("/{number}")
def change(
    services: ServicesDep, actor: StaffDep, number: str, body: TicketChanges, response: Response,
    key: KeyDep = None, base: BaseVersionDep = None,
) -> TicketView:  # fmt: skip
    """Change facts; 412 when somebody else changed the ticket meanwhile."""
    facts = body.model_dump(exclude_unset=True) | ({} if base is None else {"version": base})
    command = ChangeTicket(number=number, **facts)
    view = act(services, actor, "tickets.change", command, TicketView, key)
    tag(response, view.version)
    return view


@router.post("/{number}/move")
def move(
    services: ServicesDep, actor: StaffDep, number: str, body: Move, response: Response,
    key: KeyDep = None, base: BaseVersionDep = None,
) -> TicketView:  # fmt: skip
    """One step of the state machine."""
    facts = body.model_dump() | ({} if base is None else {"version": base})
    command = MoveTicket(number=number, **facts)
    view = act(services, actor, "tickets.move", command, TicketView, key, body.reason)
    tag(response, view.version)
    return view


@router.post("/{number}/comments", status_code=201)
def comment(
    services: ServicesDep, actor: StaffDep, number: str, body: Comment, key: KeyDep = None
) -> TicketView:
    """Add a line to the history: a note for colleagues, or an answer the customer may read."""
    command = CommentTicket(number=number, **body.model_dump())
    return act(services, actor, "tickets.comment", command, TicketView, key)
