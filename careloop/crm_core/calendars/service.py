"""Writers of business calendars."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.calendars import public_days, queries
from careloop.crm_core.calendars.models import BusinessCalendar
from careloop.crm_core.calendars.schemas import CalendarFacts, CreateCalendar, ReplaceCalendar
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, VersionConflict
from careloop.kit.ids import new_id


def create_calendar(session: Session, actor: Actor, command: CreateCalendar) -> BusinessCalendar:
    """Add a calendar; `Conflict` when its code is taken."""
    _free(session, actor, command.code)
    row = BusinessCalendar(
        tenant_id=actor.tenant_id, id=new_id(), version=1, created_at=now(session),
        updated_at=now(session),
    )  # fmt: skip
    _fill(session, row, command)
    session.add(row)
    session.flush()
    return row


def replace_calendar(session: Session, actor: Actor, command: ReplaceCalendar) -> BusinessCalendar:
    """Change a calendar as a whole; its code may not change, because contracts name it."""
    row = queries.calendar(session, actor, command.calendar_id, lock=True)
    if command.version is not None and command.version != row.version:
        raise VersionConflict("Somebody changed this calendar meanwhile; load it again")
    if command.code != row.code:
        raise Conflict(f"Contracts name this calendar {row.code}; add another for {command.code}")
    _fill(session, row, command)
    row.touch(now(session))
    session.flush()
    return row


def refresh_public_days(session: Session, actor: Actor, calendar_id: str) -> None:
    """Look the public days of a calendar's country up anew, for the years ahead."""
    row = queries.calendar(session, actor, calendar_id, lock=True)
    _look_up(session, row)
    row.touch(now(session))


def _free(session: Session, actor: Actor, code: str) -> None:
    if queries.by_code(session, actor.tenant_id, code):
        raise Conflict(f"There is a calendar {code} already; choose another code")


def _fill(session: Session, row: BusinessCalendar, facts: CalendarFacts) -> None:
    data = facts.model_dump(mode="json")
    for name in CalendarFacts.model_fields:
        setattr(row, name, data[name])
    row.country = row.country.upper()
    _look_up(session, row)


def _look_up(session: Session, row: BusinessCalendar) -> None:
    if not row.country or row.always:
        row.public_holidays, row.public_extra_days, row.public_until = [], [], None
        return
    found = public_days.look_up(row.country, row.subdivision, now(session).year)
    row.public_holidays = [{"on": day.isoformat(), "name": name} for day, name in found.off.items()]
    row.public_extra_days = [{"on": day.isoformat(), "spans": []} for day in found.worked]
    row.public_until = found.until
