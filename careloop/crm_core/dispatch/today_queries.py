"""Where the day of each engineer stands now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pydantic import BaseModel
from sqlalchemy import func, or_
from sqlalchemy.orm import Session

from careloop.crm_core.dispatch.schemas import SpanView
from careloop.crm_core.workforce import roster_queries, shifts
from careloop.crm_core.workforce.models import Engineer
from careloop.crm_core.workforce.queries import visible_to
from careloop.crm_core.workforce.roster_models import (
    AbsenceState,
    EngineerAbsence,
    EngineerShift,
)  # fmt: skip
from careloop.crm_core.workorders import queries as visit_queries
from careloop.crm_core.workorders.models import OPEN_VISITS, VisitState, WorkOrder
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc, iso
from careloop.kit.db import now

CHUNK = 400


class EngineerToday(BaseModel):
    """The engineer's own local day. `state`: off, on_shift, absent, en_route, on_site, inactive."""

    state: str
    shifts: list[SpanView]
    absent_until: str | None
    visits: int
    done: int
    at: str
    """The visit under way, if there is one."""
    following: str
    """The next visit of the day."""
    certificates_ending: int


def engineers(
    session: Session, actor: Actor, q: str = "", skill: str = "", area: str = "",
    active: bool | None = None,
) -> list[tuple[Engineer, EngineerToday]]:  # fmt: skip
    """Engineers by code, each with the day."""
    statement = visible_to(actor)
    if q:
        word = q.lower()
        statement = statement.where(
            or_(
                *(
                    func.lower(column).contains(word, autoescape=True)
                    for column in (Engineer.code, Engineer.name, Engineer.base_city)
                )
            )
        )
    if active is not None:
        statement = statement.where(Engineer.active == active)
    rows = [
        row for row in session.scalars(statement.order_by(Engineer.code))
        if (not skill or skill in row.skills) and (not area or area in (row.areas or ()))
    ]  # fmt: skip
    days = today(session, actor, rows)
    return [(row, days[row.code]) for row in rows]


def today(session: Session, actor: Actor, rows: Sequence[Engineer]) -> dict[str, EngineerToday]:
    """The day of each of these engineers, by code."""
    at = now(session)
    ids = [row.id for row in rows]
    weeks: dict[str, list[EngineerShift]] = roster_queries.shifts_of(session, actor, ids)
    away = roster_queries.absences_of(session, actor, ids, at)
    papers = roster_queries.certificates_of(session, actor, ids)
    visits = visits_between(
        session, actor, {row.code for row in rows}, at - timedelta(days=1), at + timedelta(days=1)
    )
    found = {}
    for row in rows:
        day = at.astimezone(ZoneInfo(row.time_zone)).date()
        mine = [one for one in visits[row.code] if local_day(one.window_from, row) == day]
        ending = sum(
            one.valid_until is not None
            and one.valid_until <= day + timedelta(days=roster_queries.EXPIRING_DAYS)
            for one in papers[row.id]
        )
        found[row.code] = _day(row, at, day, weeks[row.id], away[row.id], mine, ending)
    return found


def _day(
    row: Engineer, at: datetime, day: date, weeks: list[EngineerShift],
    absences: list[EngineerAbsence], visits: list[WorkOrder], ending: int,
) -> EngineerToday:  # fmt: skip
    spans = spans_of(row, weeks, day)
    gone = [
        one for one in absences
        if one.state == AbsenceState.APPROVED and as_utc(one.starts_at) <= at < as_utc(one.ends_at)
    ]  # fmt: skip
    under_way = [one for one in visits if one.state in {VisitState.EN_ROUTE, VisitState.ON_SITE}]
    coming = [one for one in visits if one.state in {VisitState.PLANNED, VisitState.CONFIRMED}]
    state = "on_shift" if any(start <= at < end for start, end in spans) else "off"
    if under_way:
        state = str(under_way[-1].state)
    elif gone:
        state = "absent"
    elif not row.active:
        state = "inactive"
    return EngineerToday(
        state=state, shifts=[SpanView(from_=iso(a), until=iso(b)) for a, b in spans],
        absent_until=iso(max(one.ends_at for one in gone)) if gone else None, visits=len(visits),
        done=sum(one.state == VisitState.DONE for one in visits),
        at=under_way[-1].number if under_way else "",
        following=coming[0].number if coming else "", certificates_ending=ending,
    )  # fmt: skip


def spans_of(row: Engineer, weeks: Iterable[EngineerShift], day: date) -> list[shifts.Span]:
    """The spans of work of one engineer on a local day."""
    week = roster_queries.current_shift(weeks, day)
    if week is not None:
        return shifts.spans_of(week.weekly, ZoneInfo(week.time_zone), day)
    try:
        weekly = shifts.parse(row.shift) if row.shift.strip() else {}
    except shifts.Unreadable:
        return []
    return shifts.spans_of(weekly, ZoneInfo(row.time_zone), day)


def local_day(at: datetime, row: Engineer) -> date:
    """The day of an instant where the engineer lives."""
    return as_utc(at).astimezone(ZoneInfo(row.time_zone)).date()


def visits_between(
    session: Session, actor: Actor, codes: Iterable[str], since: datetime, until: datetime
) -> dict[str, list[WorkOrder]]:
    """Visits that are not cancelled and touch a span, by engineer, in their order."""
    found: dict[str, list[WorkOrder]] = defaultdict(list)
    wanted = sorted(codes)
    for start in range(0, len(wanted), CHUNK):
        statement = visit_queries.visible_to(actor).where(
            WorkOrder.engineer.in_(wanted[start : start + CHUNK]),
            WorkOrder.state.in_((*OPEN_VISITS, VisitState.DONE)),
            WorkOrder.window_from < until, WorkOrder.window_until > since,
        )  # fmt: skip
        for row in session.scalars(statement.order_by(WorkOrder.window_from, WorkOrder.id)):
            found[row.engineer].append(row)
    return found
