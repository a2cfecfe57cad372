"""What clocks do when something happens to their ticket: the listeners of service levels."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from careloop.crm_core.contracts.events import ContractChanged
from careloop.crm_core.sla import firing, planning, queries, timing
from careloop.crm_core.sla.models import ClockKind, SlaClock
from careloop.crm_core.sla.showing import show_due
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.events import (
    TicketChanged,
    TicketMerged,
    TicketMoved,
    TicketOpened,
    TicketReopened,
    TicketReplied,
)  # fmt: skip
from careloop.crm_core.tickets.models import Ticket, TicketState
from careloop.crm_core.workorders.events import EngineerArrived
from careloop.kit.actor import system_actor
from careloop.kit.db import now

MERGED, CANCELLED, NO_VISIT = "merged", "cancelled", "no_visit_needed"


def on_opened(session: Session, event: TicketOpened) -> None:
    """Start the clocks of a new ticket."""
    planning.start(session, _ticket(session, event.tenant_id, event.ticket_id))


def on_changed(session: Session, event: TicketChanged) -> None:
    """Count the clocks anew when a fact changed that promises depend on."""
    planning.plan(session, _ticket(session, event.tenant_id, event.ticket_id))


def on_replied(session: Session, event: TicketReplied) -> None:
    """The first public answer keeps the promise to respond."""
    _meet(session, event.tenant_id, event.ticket_id, ClockKind.RESPOND, event.at)


def on_arrived(session: Session, event: EngineerArrived) -> None:
    """An engineer on site keeps the promise to arrive, at the time of the arrival itself.

    A check-in that reaches the books late still counts from when it happened, but never from a
    time that lies ahead.
    """
    at = min(event.happened_at, event.at)
    _meet(session, event.tenant_id, event.ticket_id, ClockKind.ARRIVE, at)


def on_moved(session: Session, event: TicketMoved) -> None:
    """States stop clocks, let them rest, and start them again."""
    ticket = _ticket(session, event.tenant_id, event.ticket_id)
    ended = {TicketState.RESOLVED, TicketState.CLOSED}
    if event.after == TicketState.CANCELLED:
        _stop_all(session, ticket, CANCELLED)
    elif event.after in ended:
        _resolve(session, ticket, event.at)
    elif event.before in ended:
        planning.start_again(session, ticket, event.at)
    planning.align_pauses(session, ticket)
    show_due(session, ticket)


def on_reopened(session: Session, event: TicketReopened) -> None:
    """A ticket that is worked on again gets a new promise to fix it."""
    ticket = _ticket(session, event.tenant_id, event.ticket_id)
    planning.start_again(session, ticket, event.at)
    planning.align_pauses(session, ticket)
    show_due(session, ticket)


def on_merged(session: Session, event: TicketMerged) -> None:
    """The promises of a ticket that became a part of another rest with that one."""
    ticket = _ticket(session, event.tenant_id, event.ticket_id)
    if not event.undone:
        _stop_all(session, ticket, MERGED)
    else:
        for row in _clocks(session, ticket):
            if row.stop_reason == MERGED:
                row.take_up(now(session))
                timing.count(session, row)
        planning.align_pauses(session, ticket)
    show_due(session, ticket)


def on_contract_changed(session: Session, event: ContractChanged) -> None:
    """Open tickets that count by a contract are planned by what it says now."""
    books = system_actor(event.tenant_id)
    for ticket_id in sorted(queries.tickets_on_contract(session, event.tenant_id, event.number)):
        number = _ticket(session, event.tenant_id, ticket_id).number
        # Ticket first, clocks second, as in every act; it may have been moved meanwhile.
        planning.plan(session, tickets.ticket(session, books, number, lock=True))


def _resolve(session: Session, ticket: Ticket, at: datetime) -> None:
    """A solution is an answer and a repair; an engineer who had not come need not come."""
    for row in _clocks(session, ticket):
        if row.is_open and row.kind == ClockKind.ARRIVE:
            _settle(session, ticket, row, at)
            row.stop(at, NO_VISIT)
        elif row.is_open:
            _settle(session, ticket, row, at)
            row.meet(at)
    session.flush()


def _stop_all(session: Session, ticket: Ticket, reason: str) -> None:
    at = now(session)
    for row in _clocks(session, ticket):
        if row.is_open:
            _settle(session, ticket, row, at)
            row.stop(at, reason)
    session.flush()


def _meet(session: Session, tenant_id: str, ticket_id: str, kind: ClockKind, at: datetime) -> None:
    ticket = _ticket(session, tenant_id, ticket_id)
    for row in _clocks(session, ticket):
        if row.kind == kind and row.is_open:
            _settle(session, ticket, row, at)
            row.meet(at)
    session.flush()
    show_due(session, ticket)


def _settle(session: Session, ticket: Ticket, row: SlaClock, at: datetime) -> None:
    """Before a clock ends: end its pause, and fire what fell due before any sweep saw it."""
    if row.paused_since is not None:
        row.resume(max(at, row.paused_since))
        timing.count(session, row)
    if row.due_at <= at:
        firing.fire_due(session, ticket, row, at, may_change=False)


def _clocks(session: Session, ticket: Ticket) -> list[SlaClock]:
    return queries.clocks_of(session, ticket.tenant_id, ticket.id, lock=True)


def _ticket(session: Session, tenant_id: str, ticket_id: str) -> Ticket:
    found = tickets.ticket_by_id(session, tenant_id, ticket_id)
    assert found is not None, "the event names a ticket of this transaction"
    return found
