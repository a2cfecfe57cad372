"""The clocks of service levels for tickets that an import brought or changed.

A ticket that is open gets its clocks as one that is opened at the desk, counted from the time it
was opened. What fell due before the import is not told level by level: of each clock the last
level alone is left to be fired, the ones before it are noted as passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from careloop.crm_core.intake.ledger import Row
from careloop.crm_core.intake.rows.tickets import TicketChange
from careloop.crm_core.sla import following, queries, timing
from careloop.crm_core.sla.models import ClockKind, ClockState, SlaClock, SlaEvent
from careloop.crm_core.sla.planning import plan
from careloop.crm_core.sla.policy import BREACH, WARNING, Level
from careloop.crm_core.sla.showing import show_due
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.events import TicketMoved, TicketOpened
from careloop.crm_core.tickets.models import OPEN_STATES, Ticket, TicketState
from careloop.kit.db import now
from careloop.kit.ids import new_id

PASSED = "passed before the import"
ANSWERED = "answered_before_import"
_ANSWERED_STATES = frozenset({
    TicketState.IN_PROGRESS, TicketState.WAITING_CUSTOMER, TicketState.WAITING_PARTS,
})  # fmt: skip


def follow_import(
    session: Session, tenant_id: str, created: Iterable[Row], changes: Sequence[TicketChange],
    visits: Iterable[Row],
) -> None:  # fmt: skip
    """Start the clocks of open tickets that are new, and bring along those of changed ones.

    `visits` are all visits that the import knows: one with an arrival keeps the promise to come.
    """
    policies = queries.all_policies(session, tenant_id)
    if not policies:
        return
    arrivals = _first_arrivals(visits)
    for row in created:
        if row["state"] in OPEN_STATES:
            _start(session, tenant_id, row, arrivals)
    for change in changes:
        _bring_along(session, tenant_id, change)
    session.flush()
    # Held to the end, so that the session need not read them anew for every clock.
    del policies


def refresh_policies(session: Session, tenant_id: str, policies: Iterable[Row]) -> None:
    """Look up anew what the running clocks of changed policies have to fire next."""
    for policy in policies:
        for clock in queries.running_on_policy(session, tenant_id, policy["id"]):
            timing.count(session, clock)
    session.flush()


def _first_arrivals(visits: Iterable[Row]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for visit in visits:
        if visit["arrived_at"] is not None:
            first = found.setdefault(visit["ticket_id"], visit)
            if visit["arrived_at"] < first["arrived_at"]:
                found[visit["ticket_id"]] = visit
    return found


def _start(session: Session, tenant_id: str, row: Row, arrivals: dict[str, Row]) -> None:
    following.on_opened(session, TicketOpened(
        tenant_id, row["number"], None, row["id"], row["type"], row["priority"], row["created_at"],
    ))  # fmt: skip
    ticket = _ticket(session, tenant_id, row["id"])
    for clock in queries.clocks_of(session, tenant_id, row["id"]):
        if clock.kind == ClockKind.ARRIVE and row["id"] in arrivals:
            at = arrivals[row["id"]]["arrived_at"]
            clock.meet(at)
            clock.breached_at = clock.due_at if clock.due_at < at else None
        elif clock.kind == ClockKind.RESPOND and ticket.state in _ANSWERED_STATES:
            # Work has begun, so somebody answered; when, the files do not say.
            clock.stop(now(session), ANSWERED)
        elif clock.state == ClockState.RUNNING:
            _pass_over(session, clock)
    show_due(session, ticket)


def _pass_over(session: Session, clock: SlaClock) -> None:
    """Note all levels of the past but the last as passed; that one is fired by the next sweep."""
    if clock.next_at is None or clock.next_at > now(session):
        return
    due = [level for level in timing.pending(session, clock) if level.at <= now(session)]
    if len(due) < 2:
        return
    for level in due[:-1]:
        session.add(_passed(session, clock, level))
        if level.name == WARNING:
            clock.warned_at = level.at
        elif level.name == BREACH:
            clock.breached_at = clock.due_at
    session.flush()
    timing.set_next(session, clock)


def _passed(session: Session, clock: SlaClock, level: Level) -> SlaEvent:
    at = now(session)
    return SlaEvent(
        tenant_id=clock.tenant_id, id=new_id(), clock_id=clock.id, ticket_id=clock.ticket_id,
        ticket=clock.ticket, kind=clock.kind, policy=clock.policy, level=level.name,
        due_at=clock.due_at, fired_at=at, outcome=PASSED, created_at=at, updated_at=at,
    )  # fmt: skip


def _bring_along(session: Session, tenant_id: str, change: TicketChange) -> None:
    """A change of state moves the clocks as at the desk; else they are counted anew."""
    row = change.row
    after = TicketState(row["state"])
    if after is TicketState.MERGED:
        after = TicketState.CANCELLED
    if change.before == row["state"]:
        if row["state"] in OPEN_STATES:
            plan(session, _ticket(session, tenant_id, row["id"]))
        return
    ended = row["resolved_at"] or row["closed_at"]
    at = min(ended, now(session)) if ended and after not in OPEN_STATES else now(session)
    following.on_moved(session, TicketMoved(
        tenant_id, row["number"], change.before, after, None, row["id"], row["type"],
        row["priority"], at,
    ))  # fmt: skip


def _ticket(session: Session, tenant_id: str, ticket_id: str) -> Ticket:
    found = tickets.ticket_by_id(session, tenant_id, ticket_id)
    assert found is not None, "the ticket was written in this transaction"
    return found
