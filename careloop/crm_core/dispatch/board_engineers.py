"""The engineers of a board: shifts, absences, load by day; and what is wrong with their visits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careloop.crm_core.dispatch import today_queries
from careloop.crm_core.dispatch.board_schemas import (
    BoardAbsence,
    BoardEngineer,
    BoardVisit,
    DayLoad,
    ExpiringPaper,
)  # fmt: skip
from careloop.crm_core.dispatch.geo import Point
from careloop.crm_core.dispatch.job_queries import point_view
from careloop.crm_core.dispatch.reasons import said
from careloop.crm_core.dispatch.roster_arrays import Person, minute
from careloop.crm_core.dispatch.routes_of_day import Way
from careloop.crm_core.dispatch.schemas import Reason, SpanView
from careloop.crm_core.dispatch.snapshot import Snapshot
from careloop.crm_core.workforce import roster_queries
from careloop.crm_core.workforce.models import Engineer
from careloop.crm_core.workforce.roster_models import (
    AbsenceState,
    EngineerAbsence,
    EngineerPosition,
)  # fmt: skip
from careloop.crm_core.workforce.roster_schemas import PositionView
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc, iso
from careloop.kit.db import now

if TYPE_CHECKING:
    from careloop.crm_core.dispatch.board_queries import Busy

_SHOWN_ABSENCES = {AbsenceState.REQUESTED, AbsenceState.APPROVED}


def local_day(at: datetime, row: Engineer) -> date:
    """The day of an instant where the engineer lives."""
    return today_queries.local_day(at, row)


def shown(
    session: Session, actor: Actor, held: Snapshot, rows: Sequence[Engineer],
    busy: Sequence[Busy], visits: Sequence[BoardVisit], since: datetime, until: datetime,
) -> list[BoardEngineer]:  # fmt: skip
    """Engineers with shifts, absences and load of a span."""
    ids = [row.id for row in rows]
    absences = roster_queries.absences_of(session, actor, ids, since)
    papers = roster_queries.certificates_of(session, actor, ids)
    seen = roster_queries.positions(session, actor)
    states = today_queries.today(session, actor, rows)
    travel = {one.work_order: one.travel_minutes or 0 for one in visits}
    mine: dict[str, list[Busy]] = defaultdict(list)
    for one in busy:
        mine[one.row.engineer].append(one)
    today = now(session).date()
    found = []
    for row in rows:
        person = held.roster.people[held.roster.by_code[row.code]]
        days = days_of(row, since, until)
        found.append(
            BoardEngineer(
                code=row.code, name=row.name, level=row.level, skills=row.skills,
                skill_levels=row.skill_levels, languages=row.languages, areas=row.areas,
                tools=row.tools, van=row.van, time_zone=row.time_zone, base_city=row.base_city,
                home=point_view(home_of(row)),
                position=_position(actor, row, seen), user_id=row.user_id,
                state=states[row.code].state, shift_error=roster_queries.shift_error(row),
                shifts=[
                    SpanView(from_=iso(start), until=iso(end))
                    for day in days for start, end in person.spans(day)
                    if start < until and end > since
                ],
                absences=absences_shown(actor, row, absences[row.id], until),
                days=[_load(row, person, day, mine[row.code], travel) for day in days],
                certificates=[
                    ExpiringPaper(skill=view.skill, valid_until=str(view.valid_until),
                                  state=view.state)
                    for view in (roster_queries.certificate_view(one, today)
                                 for one in papers[row.id])
                    if view.state != "valid"
                ],
            )
        )  # fmt: skip
    return found


def home_of(row: Engineer) -> Point:
    """Where the engineer's day begins."""
    if row.lat is None or row.lon is None:
        return Point(None, None, "unknown", row.base_city)
    return Point(row.lat, row.lon, "city", row.base_city)


def _position(
    actor: Actor, row: Engineer, seen: dict[str, EngineerPosition]
) -> PositionView | None:
    own = actor.may("dispatch") or row.user_id == actor.user_id
    found = seen.get(row.id)
    return roster_queries.position_view(found) if found is not None and own else None


def absences_shown(
    actor: Actor, owner: Engineer, rows: Sequence[EngineerAbsence], until: datetime
) -> list[BoardAbsence]:
    """Absences that are asked for or hold, as the reader may see them."""
    found = []
    for row in rows:
        if row.state in _SHOWN_ABSENCES and as_utc(row.starts_at) < until:
            view = roster_queries.absence_view(actor, row, owner)
            span = SpanView(from_=view.from_, until=view.until)
            found.append(BoardAbsence(id=row.id, kind=view.kind, state=row.state, span=span))
    return found


def days_of(row: Engineer, since: datetime, until: datetime) -> list[date]:
    """The local days of an engineer that a span touches."""
    zone = ZoneInfo(row.time_zone)
    first = since.astimezone(zone).date()
    last = (until - timedelta(microseconds=1)).astimezone(zone).date()
    return [first + timedelta(days=at) for at in range((last - first).days + 1)]


def _load(
    row: Engineer, person: Person, day: date, busy: Sequence[Busy], travel: dict[str, int]
) -> DayLoad:
    mine = [one for one in busy if local_day(one.start, row) == day]
    work = sum((one.end - one.start) / timedelta(minutes=1) for one in mine)
    shift = 0.0
    for start, end in person.spans(day):
        a, b = minute(start), minute(end)
        away = sum(max(0.0, min(b, y) - max(a, x)) for x, y in person.absences)
        shift += max(0.0, b - a - away)
    way = sum(travel.get(one.row.number, 0) for one in mine)
    over = work + way > shift or bool(row.daily_limit and len(mine) > row.daily_limit)
    return DayLoad(
        date=day.isoformat(), shift_minutes=round(shift), work_minutes=round(work),
        travel_minutes=way, visits=len(mine), limit=row.daily_limit, over=bool(mine) and over,
    )  # fmt: skip


def conflicts(held: Snapshot, one: Busy, way: Way | None, clashes: Sequence[str]) -> list[Reason]:
    """What is wrong with a visit as it stands: the board shows it in red."""
    at = held.roster.by_code.get(one.row.engineer)
    if at is None or not one.row.is_open:
        return []
    person = held.roster.people[at]
    found = [
        said("overlap", "hard", engineer=person.code, work_order=number, from_=iso(one.start),
             until=iso(one.end))
        for number in clashes
    ]  # fmt: skip
    start, end = minute(one.start), minute(one.end)
    if any(start < b and end > a for a, b in person.absences):
        found.append(said("absent", "hard", engineer=person.code))
    found += _lacking(held, one, person, at)
    spans = person.spans(today_queries.local_day(one.start, person.rows.engineer))
    if not spans:
        found.append(said("no_shift", "soft", engineer=person.code))
    elif one.start < spans[0][0] or one.end > spans[-1][1]:
        found.append(
            said("off_shift", "soft", engineer=person.code, from_=iso(spans[0][0]),
                 until=iso(spans[-1][1]))
        )  # fmt: skip
    if way is not None and way.tight:
        found.append(said("travel_tight", "soft", place=way.origin, minutes=way.minutes))
    return found


def _lacking(held: Snapshot, one: Busy, person: Person, at: int) -> list[Reason]:
    day = one.start.date().toordinal()
    found = []
    for name, needed in one.job.needed.skills.items():
        if not held.roster.skill(name)[at]:
            found.append(said("skill", "hard", engineer=person.code, skills=name))
        elif needed.certified and not (until := int(held.roster.paper(name)[at])):
            found.append(said("certificate_missing", "hard", engineer=person.code, skills=name))
        elif needed.certified and until < day:
            last = date.fromordinal(until).isoformat()
            found.append(
                said("certificate_expired", "hard", engineer=person.code, skills=name, until=last)
            )
    return found
