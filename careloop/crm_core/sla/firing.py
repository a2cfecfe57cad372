"""Warnings, breaches and steps of the ladder: each is fired once for a clock, for ever.

The row of `SlaEvent` is the proof, written in the same transaction as what it causes; it is
unique for clock and level, so neither a restart, a second worker nor a clock set back fires again.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from careloop.crm_core.sla import queries, timing
from careloop.crm_core.sla.escalation import take_step
from careloop.crm_core.sla.events import SlaBreached, SlaWarned
from careloop.crm_core.sla.models import ClockState, SlaClock, SlaEvent
from careloop.crm_core.sla.policy import BREACH, WARNING, Level
from careloop.crm_core.sla.showing import show_due
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.models import Ticket
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.events import emit
from careloop.kit.ids import new_id


def fire_clock(session: Session, actor: Actor, clock_id: str) -> int:
    """Fire what is due of one clock; how many levels that were.

    Ticket first, clock second: the same order in which an act on the ticket locks them.
    """
    seen = queries.clock(session, actor, clock_id)
    ticket = tickets.ticket(session, actor, seen.ticket, lock=True)
    row = queries.locked_clock(session, actor.tenant_id, clock_id)
    if row.state != ClockState.RUNNING:
        return 0
    count = fire_due(session, ticket, row, now(session), may_change=True)
    show_due(session, ticket)
    return count


def fire_due(
    session: Session, ticket: Ticket, row: SlaClock, at: datetime, may_change: bool
) -> int:
    """Fire each level that is due at `at`; steps change the ticket only where they may."""
    count = 0
    while due := [level for level in timing.pending(session, row) if level.at <= at]:
        _fire(session, ticket, row, due[0], at, may_change)
        count += 1
    timing.set_next(session, row)
    session.flush()
    return count


def _fire(
    session: Session, ticket: Ticket, row: SlaClock, level: Level, at: datetime, may_change: bool
) -> None:
    event = SlaEvent(
        tenant_id=row.tenant_id, id=new_id(), clock_id=row.id, ticket_id=row.ticket_id,
        ticket=row.ticket, kind=row.kind, policy=row.policy, level=level.name,
        due_at=row.due_at, fired_at=at, created_at=at, updated_at=at,
    )  # fmt: skip
    session.add(event)
    if level.name == WARNING:
        row.warned_at = at
        row.touch(at)
        emit(session, SlaWarned(row.tenant_id, row.ticket, row.id, row.kind, row.due_at))
    elif level.name == BREACH:
        # The promise was broken when it fell due, whenever that was noticed.
        row.breached_at = row.due_at
        row.touch(at)
        emit(session, SlaBreached(row.tenant_id, row.ticket, row.id, row.kind, row.due_at))
    session.flush()
    if level.step is not None:
        event.outcome = take_step(session, ticket, row, level.step, may_change)
