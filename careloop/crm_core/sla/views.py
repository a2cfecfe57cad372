"""Views of service levels."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from careloop.crm_core.calendars.policy import working_time
from careloop.crm_core.sla import queries, timing
from careloop.crm_core.sla.models import ClockState, SlaClock, SlaEvent, SlaPolicy
from careloop.crm_core.sla.schemas import (
    ClockView,
    PolicyFacts,
    PolicyView,
    SlaEventView,
    TicketClocks,
)  # fmt: skip
from careloop.crm_core.sla.showing import shown_state
from careloop.crm_core.tickets import queries as tickets
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.db import now

_TIMES = (
    "started_at", "warn_at", "due_at", "paused_since", "met_at", "stopped_at", "warned_at",
    "breached_at",
)  # fmt: skip
_PLAIN = (
    "id", "kind", "generation", "state", "late", "policy", "calendar", "target_minutes",
    "stop_reason", "version",
)  # fmt: skip


def policy_view(row: SlaPolicy) -> PolicyView:
    facts = {name: getattr(row, name) for name in (*PolicyFacts.model_fields, "id", "version")}
    return PolicyView.model_validate({**facts, "updated_at": iso(row.updated_at)})


def ticket_clocks(session: Session, actor: Actor, number: str) -> TicketClocks:
    """All clocks of a ticket the actor may see, and what they fired."""
    ticket = tickets.ticket(session, actor, number)
    at = now(session)
    rows = queries.clocks_of(session, ticket.tenant_id, ticket.id)
    events = queries.events_of(session, ticket.tenant_id, ticket.id)
    return TicketClocks(
        ticket=ticket.number,
        clocks=[clock_view(session, row, at) for row in rows],
        events=[event_view(row) for row in events],
    )


def clock_view(session: Session, row: SlaClock, at: datetime) -> ClockView:
    """A clock as it stands at a time."""
    times = {name: _time(getattr(row, name)) for name in _TIMES}
    return ClockView.model_validate(
        {
            **{name: getattr(row, name) for name in _PLAIN},
            **times,
            "shown": shown_state(row, at),
            "paused_seconds": row.paused_us // 1_000_000,
            "remaining_seconds": _remaining(session, row, at),
        }
    )


def event_view(row: SlaEvent) -> SlaEventView:
    return SlaEventView.model_validate(
        {
            **{
                name: getattr(row, name)
                for name in ("id", "ticket", "kind", "policy", "level", "outcome")
            },
            "due_at": iso(row.due_at),
            "fired_at": iso(row.fired_at),
        }
    )


def _remaining(session: Session, row: SlaClock, at: datetime) -> int | None:
    """Working seconds left; a paused clock's stand still with it."""
    if not row.is_open:
        return None
    hours = timing.hours_of(session, row)
    if row.state == ClockState.PAUSED and row.paused_since is not None:
        at = row.paused_since
    if at <= row.due_at:
        return int(working_time(hours, at, row.due_at).total_seconds())
    return -int(working_time(hours, row.due_at, at).total_seconds())


def _time(value: datetime | None) -> str | None:
    return iso(value) if value else None
