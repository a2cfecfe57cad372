"""Writers of tickets."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.assets import queries as assets
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.tickets import queries
from careloop.crm_core.tickets.events import TicketMoved, TicketOpened
from careloop.crm_core.tickets.models import Ticket, TicketCounter, TicketEvent, TicketState
from careloop.crm_core.tickets.schemas import (
    ChangeTicket,
    CommentTicket,
    MoveTicket,
    OpenTicket,
    ReachCustomer,
    TicketStatus,
    TicketView,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import InvalidInput, VersionConflict
from careloop.kit.events import emit
from careloop.kit.ids import new_id

ACTOR_NAME = 60


def open_ticket(session: Session, actor: Actor, command: OpenTicket) -> TicketView:
    """Open a ticket with the next number of the year and tell the listeners.

    A customer's ticket always belongs to their own conversation and contact, whatever the
    command says; a device is linked by its serial, which alone reveals nothing of its owner.
    """
    contact_id = command.contact_id if actor.is_staff else actor.contact_id
    customer_id = command.customer_id if actor.is_staff else actor.customer_id
    conversation_id = command.conversation_id if actor.is_staff else actor.conversation_id
    asset = None
    if command.serial:
        asset = assets.device(session, actor.tenant_id, command.serial)
    if actor.is_staff and contact_id:
        contact = customers.contact(session, actor, contact_id)
        customer_id = customer_id or contact.customer_id
    if actor.is_staff and customer_id:
        customers.customer(session, actor, customer_id)
    if actor.is_staff and asset and not customer_id:
        customer_id = asset.customer_id
    ticket = Ticket(
        tenant_id=actor.tenant_id,
        id=new_id(),
        number=_next_number(session, actor.tenant_id),
        type=command.type,
        priority=command.priority,
        state=TicketState.NEW,
        title=command.title,
        description=command.description,
        language=command.language,
        channel="desk" if actor.is_staff else "chat",
        customer_id=customer_id,
        contact_id=contact_id,
        asset_id=asset.id if asset else None,
        serial=asset.serial if asset else "",
        model=asset.model if asset else command.model,
        conversation_id=conversation_id,
        error_codes=command.error_codes,
        callback_phone=command.callback_phone,
        created_at=now(session),
        updated_at=now(session),
    )
    session.add(ticket)
    session.flush()
    _note(session, actor, ticket, "opened", public=True)
    emit(session, TicketOpened(actor.tenant_id, ticket.number, conversation_id))
    return queries.ticket_view(ticket)


def change_ticket(session: Session, actor: Actor, command: ChangeTicket) -> TicketView:
    """Change facts of a ticket; the history tells which, with before and after."""
    ticket = _locked(session, actor, command.number, command.version)
    if command.assignee_id:
        accounts.user(session, actor, command.assignee_id)
    changed: dict[str, Any] = {}
    for name in ("title", "description", "priority", "type", "assignee_id", "engineer"):
        value = getattr(command, name)
        if value is None:
            continue
        value = value or (None if name == "assignee_id" else "")
        if getattr(ticket, name) != value:
            changed[name] = [getattr(ticket, name), value]
            setattr(ticket, name, value)
    if changed:
        ticket.touch(now(session))
        _note(session, actor, ticket, "changed", data=changed)
    return queries.ticket_view(ticket)


def move_ticket(session: Session, actor: Actor, command: MoveTicket) -> TicketView:
    """One step of the state machine."""
    ticket = _locked(session, actor, command.number, command.version)
    before = ticket.state
    ticket.move_to(command.state, now(session))
    _note(
        session, actor, ticket, "moved", command.reason,
        data={"state": [before, ticket.state]}, public=True,
    )  # fmt: skip
    emit(
        session,
        TicketMoved(actor.tenant_id, ticket.number, before, ticket.state, ticket.conversation_id),
    )
    return queries.ticket_view(ticket)


def comment_ticket(session: Session, actor: Actor, command: CommentTicket) -> TicketView:
    """Add a line to the history."""
    ticket = queries.ticket(session, actor, command.number, lock=True)
    public = command.public or not actor.is_staff
    _note(session, actor, ticket, "comment", command.text.strip(), public=public)
    ticket.touch(now(session))
    return queries.ticket_view(ticket)


def note_reach(session: Session, actor: Actor, command: ReachCustomer) -> TicketStatus:
    """Keep phone and e-mail address with the ticket, as the customer gave them."""
    ticket = queries.ticket(session, actor, command.number, lock=True)
    ticket.callback_phone = command.phone or ticket.callback_phone
    reach = " ".join(value for value in (command.phone, command.email) if value)
    _note(session, actor, ticket, "reach", reach)
    ticket.touch(now(session))
    return queries.status(session, actor, ticket)


def _locked(session: Session, actor: Actor, number: str, version: int | None) -> Ticket:
    ticket = queries.ticket(session, actor, number, lock=True)
    if version is not None and version != ticket.version:
        raise VersionConflict("Somebody changed this ticket meanwhile; load it again")
    return ticket


def _note(
    session: Session,
    actor: Actor,
    ticket: Ticket,
    kind: str,
    text: str = "",
    data: dict[str, Any] | None = None,
    public: bool = False,
) -> None:
    session.add(
        TicketEvent(
            tenant_id=actor.tenant_id, ticket_id=ticket.id, seq=ticket.next_seq(), kind=kind,
            actor=(actor.name or actor.label)[:ACTOR_NAME], text=text, data=data or {},
            public=public, created_at=now(session),
        )
    )  # fmt: skip


def _next_number(session: Session, tenant_id: str) -> str:
    year = now(session).year
    counter = queries.counter(session, tenant_id, year)
    if counter is None:
        if not 1970 <= year <= 9999:
            raise InvalidInput("The clock is wrong")
        counter = TicketCounter(tenant_id=tenant_id, year=year, last=0)
        session.add(counter)
    counter.last += 1
    return f"TK-{year}-{counter.last:06d}"


def count_number(session: Session, tenant_id: str, number: str) -> None:
    """Keep the counter ahead of a number that came from an import."""
    parts = number.split("-")
    if len(parts) != 3 or parts[0] != "TK" or not (parts[1].isdigit() and parts[2].isdigit()):
        return
    year, last = int(parts[1]), int(parts[2])
    counter = queries.counter(session, tenant_id, year)
    if counter is None:
        session.add(TicketCounter(tenant_id=tenant_id, year=year, last=last))
        session.flush()
    elif counter.last < last:
        counter.last = last
