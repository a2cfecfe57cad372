"""Selects of business calendars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session

from careloop.crm_core.calendars.models import BusinessCalendar
from careloop.crm_core.calendars.policy import ROUND_THE_CLOCK, DayMinutes, Hours
from careloop.crm_core.calendars.schemas import CalendarDay, CalendarView
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.errors import NotFound


def visible_to(actor: Actor) -> Select[BusinessCalendar]:
    """Calendars the actor may see: those of the house, for staff."""
    statement = select(BusinessCalendar).where(BusinessCalendar.tenant_id == actor.tenant_id)
    return statement if actor.is_staff else statement.where(false())


def calendars(
    session: Session, actor: Actor, after: str = "", limit: int = 50
) -> list[BusinessCalendar]:
    """Calendars by code, those after `after`."""
    statement = visible_to(actor)
    if after:
        statement = statement.where(BusinessCalendar.code > after)
    return list(session.scalars(statement.order_by(BusinessCalendar.code).limit(limit)))


def calendar(
    session: Session, actor: Actor, calendar_id: str, lock: bool = False
) -> BusinessCalendar:
    statement = visible_to(actor).where(BusinessCalendar.id == calendar_id)
    found = session.scalar(statement.with_for_update() if lock else statement)
    if found is None:
        raise NotFound("There is no such calendar")
    return found


def by_code(session: Session, tenant_id: str, code: str) -> BusinessCalendar | None:
    statement = select(BusinessCalendar).where(
        BusinessCalendar.tenant_id == tenant_id, BusinessCalendar.code == code
    )
    return session.scalar(statement)


def running_out(session: Session, before: date) -> list[tuple[str, str]]:
    """Tenant and id of calendars whose public days are known until before that day only."""
    statement = select(BusinessCalendar.tenant_id, BusinessCalendar.id).where(
        BusinessCalendar.country != "", BusinessCalendar.public_until < before
    )
    return [(row.tenant_id, row.id) for row in session.execute(statement)]


def hours_of(session: Session, tenant_id: str, code: str) -> Hours:
    """The hours of the calendar of that code; day and night for none."""
    row = by_code(session, tenant_id, code) if code else None
    return ROUND_THE_CLOCK if row is None else hours(row)


def hours(row: BusinessCalendar) -> Hours:
    """A stored calendar as the rules read it."""
    if row.always:
        return Hours(zone=ZoneInfo(row.time_zone), always=True)
    weekly = tuple(_minutes(row.weekly.get(str(day), [])) for day in range(7))
    usual = next(spans for spans in weekly if spans)
    extra: dict[date, DayMinutes] = {}
    own_off = {date.fromisoformat(day["on"]) for day in row.days_off}
    for found in row.public_extra_days:
        extra[date.fromisoformat(found["on"])] = _minutes(found["spans"]) or usual
    for day in own_off:
        extra.pop(day, None)
    for found in row.extra_days:
        extra[date.fromisoformat(found["on"])] = _minutes(found["spans"]) or usual
    public = {date.fromisoformat(day["on"]) for day in row.public_holidays}
    return Hours(ZoneInfo(row.time_zone), weekly, frozenset(public | own_off), extra)


def days_of(row: BusinessCalendar, first: date, last: date) -> list[CalendarDay]:
    """Each day from the first to the last, with its hours on the wall."""
    rules = hours(row)
    names = {day["on"]: day["name"] for day in (*row.public_holidays, *row.days_off)}
    days = []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        extra = not row.always and day in rules.extra
        rests = not row.always and day in rules.off and not extra
        spans = [(_clock(start), _clock(end)) for start, end in rules.of_day(day)]
        name = names.get(day.isoformat(), "") if rests else None
        days.append(CalendarDay(on=day, spans=spans, day_off=name, extra=extra))
    return days


def _minutes(spans: Sequence[Sequence[str]]) -> DayMinutes:
    """Spans of clock times in minutes, in order; such as touch are joined."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((_minute(start), _minute(end)) for start, end in spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def calendar_view(row: BusinessCalendar) -> CalendarView:
    facts: dict[str, Any] = {
        name: getattr(row, name) for name in CalendarView.model_fields if name != "updated_at"
    }
    return CalendarView.model_validate({**facts, "updated_at": iso(row.updated_at)})
