"""Which filter of a list leads, so that no page reads more than a few thousand tickets.

A database that guesses wrong reads a million rows for a page of fifty: it follows the sort and
looks for a device that has ten tickets, or follows a filter that most tickets pass. Here nothing
is guessed: a filter that few tickets pass hands over their ids; where there is none, a page is
looked for stretch by stretch and ends when its time is up, with a cursor that goes on from there.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from careloop.crm_core.custom.filter_queries import Sought
from careloop.crm_core.custom.models import CustomValue
from careloop.crm_core.tickets.models import Ticket as T
from careloop.crm_core.tickets.models import TicketState, TicketTag, TicketWatcher
from careloop.kit.actor import Actor

FEW = 4_000
"""Up to so many tickets are taken at once."""
WINDOW = 2_000
"""So many are read at once where there are more."""
SECONDS = 0.02
"""How long a page goes on looking."""


@dataclass(frozen=True, slots=True)
class Lead:
    """One filter as stretches of an index, one for each of its values.

    `in_order` says that within a stretch the tickets lie in the order of their ids.
    """

    id: InstrumentedAttribute[str]
    values: tuple[ColumnElement[bool], ...]
    in_order: bool = True

    def part(self, tenant_id: str, value: ColumnElement[bool]) -> Select[str]:
        return select(self.id).where(self.id.class_.tenant_id == tenant_id, value)


DUE_STATES = {
    "ok": ("running", "paused", "met"), "warning": ("warning",), "breached": ("breached",),
    "none": ("",),
}  # fmt: skip
"""What is stored for each word of the filter by due state."""

ALL = Lead(T.id, (true(),))
"""No filter: all tickets of the house."""


def leads(actor: Actor, wanted: Any, own: Sequence[Sought] = ()) -> list[Lead]:
    """The filters that have an index, those that mostly leave fewest tickets first."""
    found = [Lead(CustomValue.object_id, one.stretches, one.in_order) for one in own]
    found += [Lead(TicketTag.ticket_id, (TicketTag.tag == tag,)) for tag in wanted.tags]
    if wanted.watching:
        found.append(Lead(TicketWatcher.ticket_id, (TicketWatcher.user_id == actor.user_id,)))
    if wanted.parent:
        above = select(T.id).where(T.tenant_id == actor.tenant_id, T.number == wanted.parent)
        found.append(Lead(T.id, (T.parent_id == above.scalar_subquery(),), in_order=False))
    for column, value in (
        (T.serial, wanted.serial), (T.contract, wanted.contract),
        (T.customer_id, wanted.customer_id),
    ):  # fmt: skip
        if value:
            found.append(Lead(T.id, (column == value,)))
    if wanted.own_types:
        found.append(Lead(T.id, tuple(T.own_type == one for one in wanted.own_types)))
    states = Lead(T.id, tuple(T.state == state for state in wanted.states))
    unfinished = wanted.states and TicketState.CLOSED not in wanted.states
    found += [states] if unfinished else []
    if wanted.engineer:
        found.append(Lead(T.id, (T.engineer == wanted.engineer,)))
    if wanted.assignee_id:
        found.append(Lead(T.id, (_assigned(actor, wanted.assignee_id),)))
    if wanted.model:
        found.append(Lead(T.id, (T.model == wanted.model,)))
    found += [states] if wanted.states and not unfinished else []
    if wanted.priorities:
        found.append(Lead(T.id, tuple(T.priority == one for one in wanted.priorities)))
    return found + _out_of_order(wanted)


def _assigned(actor: Actor, assignee_id: str) -> ColumnElement[bool]:
    if assignee_id == "none":
        return T.assignee_id.is_(None)
    return T.assignee_id == (actor.user_id if assignee_id == "me" else assignee_id)


def _out_of_order(wanted: Any) -> list[Lead]:
    """Filters whose indexes are in the order of times."""
    found = []
    if wanted.created_from is not None or wanted.created_until is not None:
        first, until = wanted.created_from, wanted.created_until
        since = T.created_at >= first if first is not None else true()
        before = T.created_at < until if until is not None else true()
        found.append(Lead(T.id, (and_(since, before),), in_order=False))
    if wanted.due_states:
        names = [state for name in wanted.due_states for state in DUE_STATES[name]]
        each = tuple(T.due_state == state for state in names)
        found.append(Lead(T.id, each, in_order=False))
    if wanted.due_before is not None:
        found.append(Lead(T.id, (T.due_at < wanted.due_before,), in_order=False))
    return found


def few(session: Session, tenant_id: str, found: Sequence[Lead]) -> list[str] | None:
    """The tickets that pass the first filter which at most `FEW` pass; None where none is so."""
    for lead in found:
        left = FEW
        for value in lead.values:
            rows = lead.part(tenant_id, value).limit(left + 1).subquery()
            left -= session.scalar(select(func.count()).select_from(rows)) or 0
            if left < 0:
                break
        if left >= 0:
            parts = (session.scalars(lead.part(tenant_id, value)) for value in lead.values)
            return [one for part in parts for one in part]
    return None


def newest(
    session: Session, statement: Select[T], tenant_id: str, lead: Lead, before: str, limit: int
) -> tuple[list[T], str | None]:
    """A page of `statement`, newest first, of the tickets before the id given, and the id to go on
    before; None at the end. The statement holds what the lead says as well.

    Each value of the lead is asked for by itself, in a stretch of its index of which the end is
    known; a page of several values ends where the first of their stretches ends.
    """
    rows: list[T] = []
    until = time.perf_counter() + SECONDS
    while True:
        floor = max(_end(session, tenant_id, lead, one, before) for one in lead.values)
        found: list[T] = []
        for value in lead.values:
            part = _joined(statement, lead).where(value, lead.id >= floor)
            part = part.where(lead.id < before) if before else part
            found += session.scalars(part.order_by(lead.id.desc()).limit(limit + 1 - len(rows)))
        rows += sorted(found, key=lambda row: row.id, reverse=True)
        if len(rows) > limit:
            return rows[:limit], rows[limit - 1].id
        if not floor:
            return rows, None
        if time.perf_counter() > until:
            return rows, floor
        before = floor


def _end(
    session: Session, tenant_id: str, lead: Lead, value: ColumnElement[bool], before: str
) -> str:
    """The id down to which a window of that value reaches; empty where it reaches its end."""
    part = lead.part(tenant_id, value)
    part = part.where(lead.id < before) if before else part
    found = session.scalar(part.order_by(lead.id.desc()).offset(WINDOW - 1).limit(1))
    return found or ""


def _joined(statement: Select[T], lead: Lead) -> Select[T]:
    other = lead.id.class_
    if other is T:
        return statement
    return statement.join(other, and_(other.tenant_id == T.tenant_id, lead.id == T.id))


def is_tagged(tenant_id: str, tag: str) -> ColumnElement[bool]:
    """A condition that looks for the tag of each ticket, rather than for the tag's tickets."""
    rows = select(TicketTag.ticket_id).where(
        TicketTag.tenant_id == tenant_id, TicketTag.tag == tag, TicketTag.ticket_id == T.id
    )
    return rows.correlate(T).exists()


def is_watched(actor: Actor) -> ColumnElement[bool]:
    """A condition that looks whether the actor watches each ticket."""
    rows = select(TicketWatcher.ticket_id).where(
        TicketWatcher.tenant_id == actor.tenant_id,
        TicketWatcher.user_id == actor.user_id,
        TicketWatcher.ticket_id == T.id,
    )
    return rows.correlate(T).exists()
