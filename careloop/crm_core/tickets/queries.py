"""Selects of tickets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from careloop.crm_core.tickets import list_queries
from careloop.crm_core.tickets.family_queries import merged_into
from careloop.crm_core.tickets.models import (
    OPEN_STATES,
    TRANSITIONS,
    Ticket,
    TicketCounter,
    TicketEvent,
    TicketState,
)  # fmt: skip
from careloop.crm_core.tickets.policy import missing
from careloop.crm_core.tickets.views import DueView, TicketEventView, TicketStatus, TicketView
from careloop.crm_core.tickets.visible_queries import of_linked_conversation, visible_to
from careloop.crm_core.tickets.wording import in_words
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.errors import NotFound

__all__ = [
    "counter", "event_view", "history", "known_numbers", "last_line", "lines_of", "of_conversation",
    "open_tickets", "resolved", "status", "ticket", "ticket_by_id", "ticket_view", "tickets",
    "visible_to", "whole_history",
]  # fmt: skip

MERGES = 20
"""How far a chain of merged tickets is followed."""
_TIMES = (
    "created_at", "updated_at", "resolved_at", "closed_at", "answered_at", "confirmed_at",
    "durable_at",
)  # fmt: skip
_MADE = {"possible_states", "parent", "merged_into", "due", "missing", "watching"}
_PLAIN = tuple(name for name in TicketView.model_fields if name not in {*_TIMES, *_MADE})
_POSSIBLE = {str(state): sorted(following) for state, following in TRANSITIONS.items()}


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
    """Tickets, newest first, those before the id `before`; `list_queries` has more filters."""
    wanted = list_queries.TicketFilter(
        q=q, states=states, priorities=priorities, assignee_id=assignee_id,
        customer_id=customer_id, serial=serial,
    )  # fmt: skip
    after = (0, None, before) if before else None
    return list_queries.page(session, actor, wanted, "newest", after, limit)[0]


def ticket(session: Session, actor: Actor, number: str, lock: bool = False) -> Ticket:
    statement = visible_to(actor).where(Ticket.number == number.strip().upper())
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
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
    """The lines of the ticket itself, in order."""
    return _lines(session, actor, [row.id], public_only)


def whole_history(session: Session, actor: Actor, row: Ticket) -> list[TicketEventView]:
    """The lines of the ticket and of all that were merged into it, by time."""
    if not row.merged_count:
        return [event_view(line) for line in history(session, actor, row)]
    inside = merged_into(session, actor.tenant_id, [row.id])
    lines = _lines(session, actor, [row.id, *inside], False)
    lines.sort(key=lambda line: (line.created_at, line.id))
    return [event_view(line, inside.get(line.ticket_id)) for line in lines]


def _lines(
    session: Session, actor: Actor, ticket_ids: Sequence[str], public_only: bool
) -> list[TicketEvent]:
    statement = select(TicketEvent).where(
        TicketEvent.tenant_id == actor.tenant_id, TicketEvent.ticket_id.in_(ticket_ids)
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
    """Tickets that came from a conversation or are linked to it, the oldest first."""
    statement = select(Ticket).where(
        Ticket.tenant_id == tenant_id,
        or_(
            Ticket.conversation_id == conversation_id,
            Ticket.id.in_(of_linked_conversation(tenant_id, conversation_id)),
        ),
    )
    return list(session.scalars(statement.order_by(Ticket.id)))


def counter(session: Session, tenant_id: str, year: int) -> TicketCounter | None:
    statement = select(TicketCounter).where(
        TicketCounter.tenant_id == tenant_id, TicketCounter.year == year
    )
    return session.scalar(statement.with_for_update())


def last_line(session: Session, row: Ticket, kind: str) -> TicketEvent | None:
    """The latest line of that kind in the ticket's own history."""
    statement = select(TicketEvent).where(
        TicketEvent.tenant_id == row.tenant_id,
        TicketEvent.ticket_id == row.id,
        TicketEvent.kind == kind,
    )
    return session.scalar(statement.order_by(TicketEvent.seq.desc()).limit(1))


def lines_of(session: Session, row: Ticket, seqs: Sequence[int]) -> list[TicketEvent]:
    """Lines of the ticket's own history by number; unknown numbers are left out."""
    if not seqs:
        return []
    statement = select(TicketEvent).where(
        TicketEvent.tenant_id == row.tenant_id,
        TicketEvent.ticket_id == row.id,
        TicketEvent.seq.in_(seqs),
    )
    return list(session.scalars(statement.order_by(TicketEvent.seq)))


def ticket_by_id(session: Session, tenant_id: str, ticket_id: str) -> Ticket | None:
    return session.get(Ticket, (tenant_id, ticket_id))


def status(session: Session, actor: Actor, row: Ticket) -> TicketStatus:
    """What a customer may be told.

    Of a merged ticket, how the one it is part of stands: that one's own facts where the actor may
    see it, else its state alone.
    """
    going_on = row
    for _ in range(MERGES):
        if going_on.merged_into_id is None:
            break
        going_on = session.get_one(Ticket, (row.tenant_id, going_on.merged_into_id))
        if session.scalar(visible_to(actor).where(Ticket.id == going_on.id)) is not None:
            row = going_on
    notes = [event.text for event in history(session, actor, row, public_only=True) if event.text]
    return TicketStatus(
        number=row.number, state=going_on.state, title=row.title,
        updated_at=iso(going_on.updated_at), public_notes=notes[-3:],
    )  # fmt: skip


def event_view(row: TicketEvent, ticket: str | None = None) -> TicketEventView:
    return TicketEventView(
        seq=row.seq, kind=row.kind, actor=row.actor, text=row.text, data=row.data,
        public=row.public, created_at=iso(row.created_at), ticket=ticket,
        words=in_words(row.kind, row.data),
    )  # fmt: skip


def ticket_view(row: Ticket, watching: bool | None = None) -> TicketView:
    return TicketView(
        **{name: getattr(row, name) for name in _PLAIN},
        **{name: _time(getattr(row, name)) for name in _TIMES},
        parent=row.parent or None,
        merged_into=row.merged_into or None,
        due=_due(row),
        missing=missing(row.type, row.fields, row.serial, "resolve") if row.is_open else [],
        watching=watching,
        possible_states=_POSSIBLE[row.state],
    )


def _time(value: datetime | None) -> Any:
    return iso(value) if value is not None else None


def _due(row: Ticket) -> DueView | None:
    if row.due_at is None:
        return None
    return DueView(kind=row.due_kind, due_at=iso(row.due_at), state=row.due_state)


def known_numbers(session: Session, tenant_id: str, numbers: set[str]) -> set[str]:
    """Those of the upper-case `numbers` that are on file; says nothing of whose they are."""
    if not numbers:
        return set()
    statement = select(Ticket.number).where(
        Ticket.tenant_id == tenant_id, Ticket.number.in_(numbers)
    )
    return set(session.scalars(statement))
