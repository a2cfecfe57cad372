"""Selects of tickets."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import Session

from careloop.crm_core.tickets.models import (
    OPEN_STATES,
    TRANSITIONS,
    Ticket,
    TicketCounter,
    TicketEvent,
    TicketState,
)  # fmt: skip
from careloop.crm_core.tickets.schemas import TicketEventView, TicketStatus, TicketView
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.errors import NotFound


def visible_to(actor: Actor) -> Select[Ticket]:
    """Tickets the actor may see.

    Staff with the scope see all. A customer sees those of this very conversation, of their
    contact, and - once the contact is linked to an organisation - of that organisation.
    """
    statement = select(Ticket).where(Ticket.tenant_id == actor.tenant_id)
    if actor.is_staff:
        allowed = actor.may("tickets:read") or actor.may("tickets:write")
        return statement if allowed else statement.where(false())
    own = []
    if actor.conversation_id:
        own.append(Ticket.conversation_id == actor.conversation_id)
    if actor.contact_id:
        own.append(Ticket.contact_id == actor.contact_id)
    if actor.customer_id:
        own.append(Ticket.customer_id == actor.customer_id)
    return statement.where(or_(*own)) if own else statement.where(false())


def tickets(
    session: Session,
    actor: Actor,
    *,
    q: str = "",
    states: Sequence[str] = (),
    priorities: Sequence[str] = (),
    assignee_id: str = "",
    customer_id: str = "",
    serial: str = "",
    before: str = "",
    limit: int = 50,
) -> list[Ticket]:
    """Tickets, newest first, those before the id `before`."""
    statement = visible_to(actor)
    if q:
        like = q.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        statement = statement.where(
            or_(
                func.lower(Ticket.number).like(f"%{like}%", escape="\\"),
                func.lower(Ticket.title).like(f"%{like}%", escape="\\"),
                func.lower(Ticket.serial).like(f"%{like}%", escape="\\"),
            )
        )
    if states:
        statement = statement.where(Ticket.state.in_(states))
    if priorities:
        statement = statement.where(Ticket.priority.in_(priorities))
    if assignee_id:
        statement = statement.where(Ticket.assignee_id == assignee_id)
    if customer_id:
        statement = statement.where(Ticket.customer_id == customer_id)
    if serial:
        statement = statement.where(Ticket.serial == serial)
    if before:
        statement = statement.where(Ticket.id < before)
    return list(session.scalars(statement.order_by(Ticket.id.desc()).limit(limit)))


def ticket(session: Session, actor: Actor, number: str, lock: bool = False) -> Ticket:
    statement = visible_to(actor).where(Ticket.number == number.strip().upper())
    if lock:
        statement = statement.with_for_update()
    found = session.scalar(statement)
    if found is None:
        raise NotFound(f"There is no ticket {number} that you may see")
    return found


def open_tickets(session: Session, actor: Actor, limit: int = 10) -> list[Ticket]:
    """The actor's own open tickets, newest first."""
    statement = visible_to(actor).where(Ticket.state.in_(OPEN_STATES))
    return list(session.scalars(statement.order_by(Ticket.id.desc()).limit(limit)))


def history(
    session: Session, actor: Actor, row: Ticket, public_only: bool = False
) -> list[TicketEvent]:
    statement = select(TicketEvent).where(
        TicketEvent.tenant_id == actor.tenant_id, TicketEvent.ticket_id == row.id
    )
    if public_only or not actor.is_staff:
        statement = statement.where(TicketEvent.public)
    return list(session.scalars(statement.order_by(TicketEvent.seq)))


def resolved(session: Session, actor: Actor, limit: int) -> list[tuple[Ticket, list[TicketEvent]]]:
    """Resolved and closed tickets with their histories, the latest resolved first."""
    done = func.coalesce(Ticket.closed_at, Ticket.resolved_at, Ticket.updated_at)
    statement = visible_to(actor).where(
        Ticket.state.in_((TicketState.RESOLVED, TicketState.CLOSED))
    )
    rows = list(session.scalars(statement.order_by(done.desc(), Ticket.id.desc()).limit(limit)))
    told = select(TicketEvent).where(
        TicketEvent.tenant_id == actor.tenant_id,
        TicketEvent.ticket_id.in_([row.id for row in rows]),
    )
    lines: dict[str, list[TicketEvent]] = {}
    for event in session.scalars(told.order_by(TicketEvent.ticket_id, TicketEvent.seq)):
        lines.setdefault(event.ticket_id, []).append(event)
    return [(row, lines.get(row.id, [])) for row in rows]


def of_conversation(session: Session, tenant_id: str, conversation_id: str) -> list[Ticket]:
    statement = select(Ticket).where(
        Ticket.tenant_id == tenant_id, Ticket.conversation_id == conversation_id
    )
    return list(session.scalars(statement.order_by(Ticket.id)))


def counter(session: Session, tenant_id: str, year: int) -> TicketCounter | None:
    statement = select(TicketCounter).where(
        TicketCounter.tenant_id == tenant_id, TicketCounter.year == year
    )
    return session.scalar(statement.with_for_update())


def status(session: Session, actor: Actor, row: Ticket) -> TicketStatus:
    notes = [event.text for event in history(session, actor, row, public_only=True) if event.text]
    return TicketStatus(
        number=row.number, state=row.state, title=row.title, updated_at=iso(row.updated_at),
        public_notes=notes[-3:],
    )  # fmt: skip


def event_view(row: TicketEvent) -> TicketEventView:
    return TicketEventView(
        seq=row.seq, kind=row.kind, actor=row.actor, text=row.text, data=row.data,
        public=row.public, created_at=iso(row.created_at),
    )  # fmt: skip


def ticket_view(row: Ticket) -> TicketView:
    fields = {
        name: getattr(row, name)
        for name in TicketView.model_fields
        if name not in {"created_at", "updated_at", "resolved_at", "closed_at", "possible_states"}
    }
    return TicketView(
        **fields,
        created_at=iso(row.created_at),
        updated_at=iso(row.updated_at),
        resolved_at=iso(row.resolved_at) if row.resolved_at else None,
        closed_at=iso(row.closed_at) if row.closed_at else None,
        possible_states=sorted(TRANSITIONS[TicketState(row.state)]),
    )


def known_numbers(session: Session, tenant_id: str, numbers: set[str]) -> set[str]:
    """Those of the upper-case `numbers` that are on file; says nothing of whose they are."""
    if not numbers:
        return set()
    statement = select(Ticket.number).where(
        Ticket.tenant_id == tenant_id, Ticket.number.in_(numbers)
    )
    return set(session.scalars(statement))
