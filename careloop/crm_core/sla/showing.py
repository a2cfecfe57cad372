"""The promise that a ticket shows: the one that falls due next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from careloop.crm_core.sla import queries
from careloop.crm_core.sla.models import ClockKind, ClockState, SlaClock
from careloop.crm_core.sla.schemas import ShownState
from careloop.crm_core.tickets import service as tickets
from careloop.crm_core.tickets.models import Ticket
from careloop.crm_core.tickets.views import DueView
from careloop.kit.clock import iso
from careloop.kit.db import now


def shown_state(row: SlaClock, at: datetime) -> ShownState:
    """How a clock looks at a time."""
    if row.state == ClockState.MET:
        return "met"
    if row.state == ClockState.STOPPED:
        return "stopped"
    if row.late or (row.state == ClockState.RUNNING and row.due_at <= at):
        return "breached"
    if row.state == ClockState.PAUSED:
        return "paused"
    return "warning" if row.warn_at <= at else "running"


def leading(rows: Sequence[SlaClock]) -> SlaClock | None:
    """The clock that stands for a ticket.

    A running one before a paused one, the earlier due first; when none is open, the repair that
    was done last.
    """
    running = [row for row in rows if row.state == ClockState.RUNNING]
    paused = [row for row in rows if row.state == ClockState.PAUSED]
    for group in (running, paused):
        if group:
            return min(group, key=lambda row: (row.due_at, row.kind))
    fixed = [row for row in rows if row.state == ClockState.MET and row.kind == ClockKind.FIX]
    return fixed[-1] if fixed else None


def show_due(session: Session, ticket: Ticket) -> None:
    """Write the leading promise on the ticket."""
    rows = queries.clocks_of(session, ticket.tenant_id, ticket.id)
    row = leading(rows)
    if row is None:
        tickets.set_due(session, ticket.tenant_id, ticket.id, None)
        return
    state = shown_state(row, now(session))
    due = DueView(kind=row.kind, due_at=iso(row.due_at), state=state)
    tickets.set_due(session, ticket.tenant_id, ticket.id, due)
