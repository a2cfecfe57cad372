"""Business calendars."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response

from careloop.api.auth import ContractReaderDep, ServicesDep, SessionDep, StaffDep
from careloop.api.routes.commands import BaseVersionDep, KeyDep, act, tag
from careloop.api.routes.paging import Limit, Page, decode_cursor, encode_cursor
from careloop.crm_core.calendars import policy, queries
from careloop.crm_core.calendars.schemas import (
    CalendarDay,
    CalendarFacts,
    CalendarView,
    CreateCalendar,
    ReplaceCalendar,
    WorkingSpan,
)  # fmt: skip
from careloop.kit.clock import as_utc, iso
from careloop.kit.errors import InvalidInput

router = APIRouter(prefix="/v1/calendars", tags=["calendars"])
MAX_DAYS = 400
FIRST_YEAR, LAST_YEAR = 1970, 2200
LONGEST_MINUTES = 5_256_000
"""Ten years: no promise is longer."""


class CalendarChanges(CalendarFacts):
    version: int | None = None


@router.get("")
def calendars(
    session: SessionDep, actor: ContractReaderDep, cursor: str = "", limit: Limit = 50
) -> Page[CalendarView]:
    """Calendars by code."""
    place = decode_cursor(cursor, 1)
    rows = queries.calendars(session, actor, str(place[0]) if place else "", limit + 1)
    following = encode_cursor(rows[limit - 1].code) if len(rows) > limit else None
    return Page(items=[queries.calendar_view(row) for row in rows[:limit]], next_cursor=following)


@router.post("", status_code=201)
def create(
    services: ServicesDep, actor: StaffDep, body: CreateCalendar, response: Response,
    key: KeyDep = None,
) -> CalendarView:  # fmt: skip
    """Add a calendar; the public holidays of its country are looked up now."""
    view = act(services, actor, "calendars.create", body, CalendarView, key=key)
    tag(response, view.version)
    return view


@router.get("/{calendar_id}")
def calendar(
    session: SessionDep, actor: ContractReaderDep, calendar_id: str, response: Response
) -> CalendarView:
    """One calendar."""
    view = queries.calendar_view(queries.calendar(session, actor, calendar_id))
    tag(response, view.version)
    return view


@router.put("/{calendar_id}")
def replace(
    services: ServicesDep, actor: StaffDep, calendar_id: str, body: CalendarChanges,
    response: Response, base: BaseVersionDep = None, key: KeyDep = None,
) -> CalendarView:  # fmt: skip
    """Change a calendar; due times already promised stay until their ticket is planned anew."""
    facts = body.model_dump()
    facts["version"] = base if base is not None else body.version
    command = ReplaceCalendar(calendar_id=calendar_id, **facts)
    view = act(services, actor, "calendars.replace", command, CalendarView, key=key)
    tag(response, view.version)
    return view


@router.get("/{calendar_id}/days")
def days(
    session: SessionDep, actor: ContractReaderDep, calendar_id: str,
    start: Annotated[date, Query(alias="from")], until: date,
) -> list[CalendarDay]:  # fmt: skip
    """Each day from `from` to `until`, both included: hours and holidays."""
    row = queries.calendar(session, actor, calendar_id)
    length = (until - start).days
    if not 0 <= length < MAX_DAYS or not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise InvalidInput(f"Ask for 1 to {MAX_DAYS} days, `from` first, of our times")
    return queries.days_of(row, start, until)


@router.get("/{calendar_id}/due")
def due(
    session: SessionDep, actor: ContractReaderDep, calendar_id: str, start: datetime,
    minutes: Annotated[int, Query(ge=0, le=LONGEST_MINUTES)],
) -> WorkingSpan:  # fmt: skip
    """When so many working minutes from `start` are over."""
    row = queries.calendar(session, actor, calendar_id)
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise InvalidInput(f"start: lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    end = policy.add_working(queries.hours(row), as_utc(start), minutes)
    return WorkingSpan(start=iso(start), minutes=minutes, due_at=iso(end))
