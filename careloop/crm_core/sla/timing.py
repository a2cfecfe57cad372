"""When a clock is due, and when it has something to fire next."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from careloop.crm_core.calendars import queries as calendars
from careloop.crm_core.calendars.policy import Hours, working_time
from careloop.crm_core.sla import queries
from careloop.crm_core.sla.models import ClockKind, ClockState, SlaClock
from careloop.crm_core.sla.policy import Due, Level, due, levels
from careloop.crm_core.sla.schemas import Step

MICROSECOND = timedelta(microseconds=1)


def hours_of(session: Session, row: SlaClock) -> Hours:
    """The working hours that a clock counts by."""
    return calendars.hours_of(session, row.tenant_id, row.calendar)


def count(session: Session, row: SlaClock) -> None:
    """Count a clock's due times by its target, its calendar and its pauses."""
    hours = hours_of(session, row)
    policy = queries.policy_by_id(session, row.tenant_id, row.policy_id)
    still = sum((working_time(hours, a, b) for a, b in row.stood_still()), timedelta())
    row.paused_us = still // MICROSECOND
    times = due(hours, row.started_at, row.target_minutes, row.paused_us, policy.warn_percent)
    row.warn_at, row.due_at = times.warn_at, times.due_at
    set_next(session, row)


def set_next(session: Session, row: SlaClock) -> None:
    """Note when a running clock has something to fire; None for one that rests or is over."""
    waiting = pending(session, row) if row.state == ClockState.RUNNING else []
    row.next_at = waiting[0].at if waiting else None


def pending(session: Session, row: SlaClock) -> list[Level]:
    """The levels a clock has not fired, in order of time."""
    policy = queries.policy_by_id(session, row.tenant_id, row.policy_id)
    steps = [Step.model_validate(step) for step in policy.steps]
    times = Due(row.warn_at, row.due_at)
    done = queries.fired(session, row)
    found = levels(hours_of(session, row), ClockKind(row.kind), times, steps)
    return [level for level in found if level.name not in done]
