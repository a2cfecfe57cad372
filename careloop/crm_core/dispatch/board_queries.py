"""Selects of the dispatcher's board: everything of a span in a few selects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from careloop.crm_core.dispatch import (
    board_engineers,
    job_queries,
    routes_of_day,
    snapshot,
    van_queries,
)  # fmt: skip
from careloop.crm_core.dispatch.board_schemas import (
    Board,
    BoardJob,
    BoardPart,
    BoardVisit,
    DepotView,
)  # fmt: skip
from careloop.crm_core.dispatch.candidates import instant
from careloop.crm_core.dispatch.geo import Point
from careloop.crm_core.dispatch.job_queries import Job, point_view
from careloop.crm_core.dispatch.models import DispatchNeed, PoolState
from careloop.crm_core.dispatch.routes_of_day import Leg, Way
from careloop.crm_core.dispatch.schemas import SpanView
from careloop.crm_core.dispatch.snapshot import Snapshot
from careloop.crm_core.dispatch.visit_arrays import span_of
from careloop.crm_core.tickets.models import OPEN_STATES, Priority, Ticket, TicketState
from careloop.crm_core.tickets.visible_queries import visible_to as tickets_visible_to
from careloop.crm_core.workforce import queries as workforce_queries
from careloop.crm_core.workforce.models import Engineer
from careloop.crm_core.workorders import queries as visit_queries
from careloop.crm_core.workorders.models import OPEN_VISITS, VisitState, WorkOrder
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc, iso
from careloop.kit.db import now

_URGENT_FIRST = {Priority.CRITICAL: 0, Priority.HIGH: 1, Priority.NORMAL: 2, Priority.LOW: 3}
MOST_VISITS = 5_000


@dataclass(frozen=True, slots=True)
class Busy:
    """A visit with the span of its work."""

    job: Job
    row: WorkOrder
    start: datetime
    end: datetime


def board(
    session: Session, actor: Actor, since: datetime, until: datetime, most: int = 300
) -> Board:
    """Engineers, visits, and jobs nobody has, of a span."""
    engineers = workforce_queries.engineers(session, actor)
    with snapshot.of(session, actor.tenant_id) as held:
        rows = visits_in(session, actor, since, until)
        jobs = job_queries.jobs(session, actor, held, [], rows)
        busy = [busy_with(job) for job in jobs]
        loose, total = unplanned(session, actor, held, most)
        shown = board_visits(held, engineers, busy)
        people = board_engineers.shown(session, actor, held, engineers, busy, shown, since, until)
        return Board(
            span=SpanView(from_=iso(since), until=iso(until)), now=iso(now(session)),
            revision=held.revision, travel=held.settings.travel, engineers=people, visits=shown,
            unplanned=_jobs(session, actor, loose), unplanned_total=total,
            depots=_depots(session, actor, held),
        )  # fmt: skip


def visits_in(session: Session, actor: Actor, since: datetime, until: datetime) -> list[WorkOrder]:
    """Visits with an engineer that touch a span; cancelled ones are not shown."""
    statement = visit_queries.visible_to(actor).where(
        WorkOrder.engineer != "", WorkOrder.state.in_((*OPEN_VISITS, VisitState.DONE)),
        WorkOrder.window_from < until, WorkOrder.window_until > since,
    )  # fmt: skip
    ordered = statement.order_by(WorkOrder.window_from, WorkOrder.id).limit(MOST_VISITS)
    return list(session.scalars(ordered))


def busy_with(job: Job) -> Busy:
    """The span of work of a visit."""
    row, slot = job.visit, job.slot
    assert row is not None
    told = job.needed.minutes if "told" in job.needed.sources else None
    start, end = span_of(
        row.window_from, row.window_until, slot.starts_at if slot else None,
        slot.minutes if slot else None, told, row.arrived_at, row.finished_at,
    )  # fmt: skip
    return Busy(job, row, instant(start), instant(end))


def board_visits(
    held: Snapshot, engineers: Sequence[Engineer], busy: Sequence[Busy]
) -> list[BoardVisit]:
    """The visits with the way to each and what is wrong with it."""
    ways = ways_of(held, engineers, busy)
    clashes = _clashes(busy)
    shown = []
    for one in sorted(busy, key=lambda one: (one.start, one.row.number)):
        way = ways.get(one.row.number)
        wrong = board_engineers.conflicts(held, one, way, clashes[one.row.number])
        shown.append(BoardVisit.model_validate({**visit_facts(one, way), "conflicts": wrong}))
    return shown


def ways_of(held: Snapshot, engineers: Sequence[Engineer], busy: Sequence[Busy]) -> dict[str, Way]:
    """The way to each visit, day by day of each engineer."""
    homes = {row.code: row for row in engineers}
    days: dict[tuple[str, object], list[Busy]] = defaultdict(list)
    for one in busy:
        owner = homes.get(one.row.engineer)
        if owner is not None:
            days[owner.code, board_engineers.local_day(one.start, owner)].append(one)
    found: dict[str, Way] = {}
    for (code, _), mine in days.items():
        legs = [
            Leg(one.row.number, one.start, one.end, one.job.place)
            for one in sorted(mine, key=lambda one: (one.start, one.row.number))
        ]
        home = Point(homes[code].lat, homes[code].lon, "city", homes[code].base_city)
        found |= routes_of_day.ways(home, legs, held.settings.travel)
    return found


def _clashes(busy: Sequence[Busy]) -> dict[str, list[str]]:
    """Visits of the same engineer that overlap, by number."""
    found: dict[str, list[str]] = defaultdict(list)
    by_engineer: dict[str, list[Busy]] = defaultdict(list)
    for one in busy:
        if one.row.is_open:
            by_engineer[one.row.engineer].append(one)
    for mine in by_engineer.values():
        mine.sort(key=lambda one: one.start)
        for at, one in enumerate(mine):
            for other in mine[at + 1 :]:
                if other.start >= one.end:
                    break
                found[one.row.number].append(other.row.number)
                found[other.row.number].append(one.row.number)
    return found


def visit_facts(one: Busy, way: Way | None) -> dict[str, object]:
    """What the board and the engineer's day both show of a visit."""
    row, slot, due = one.row, one.job.slot, one.job.deadline
    late = 0
    if due is not None and row.is_open:
        late = max(0, round((one.start - as_utc(due)) / timedelta(minutes=1)))
    return {
        **one.job.facts(), "engineer": row.engineer, "state": row.state, "visit": row.visit,
        "purpose": row.purpose, "time_zone": row.time_zone, "promised": row.promised,
        "window": SpanView(from_=iso(row.window_from), until=iso(row.window_until)),
        "start": iso(one.start), "end": iso(one.end),
        "minutes": round((one.end - one.start) / timedelta(minutes=1)),
        "travel_minutes": way.minutes if way else None, "travel_km": way.km if way else None,
        "travel_from": way.origin if way else "",
        "leave_at": iso(way.leave_at) if way and way.leave_at else None, "late_minutes": late,
        "pool": slot.pool if slot else PoolState.NONE, "source": slot.source if slot else "",
        "departed_at": iso(row.departed_at) if row.departed_at else None,
        "arrived_at": iso(row.arrived_at) if row.arrived_at else None,
        "finished_at": iso(row.finished_at) if row.finished_at else None, "result": row.result,
    }  # fmt: skip


def unplanned(session: Session, actor: Actor, held: Snapshot, most: int) -> tuple[list[Job], int]:
    """Visits nobody has and tickets that need one, the most urgent first; and their number."""
    rank = case({str(name): at for name, at in _URGENT_FIRST.items()}, value=Ticket.priority,
                else_=9)  # fmt: skip
    visits = (
        visit_queries.visible_to(actor)
        .join(
            Ticket, and_(Ticket.tenant_id == WorkOrder.tenant_id, Ticket.id == WorkOrder.ticket_id)
        )
        .where(
            WorkOrder.engineer == "",
            WorkOrder.state.in_((VisitState.PLANNED, VisitState.CONFIRMED)),
        )
    )
    rows = list(
        session.scalars(visits.order_by(rank, WorkOrder.window_from, WorkOrder.id).limit(most))
    )
    open_visit = exists().where(
        WorkOrder.tenant_id == Ticket.tenant_id, WorkOrder.ticket_id == Ticket.id,
        WorkOrder.state.in_(OPEN_VISITS),
    )  # fmt: skip
    told = and_(DispatchNeed.tenant_id == Ticket.tenant_id, DispatchNeed.ticket_id == Ticket.id)
    by_type = Ticket.type.in_(held.settings.visit_types)
    tickets = (
        tickets_visible_to(actor)
        .outerjoin(DispatchNeed, told)
        .where(
            Ticket.state.in_(OPEN_STATES),
            ~open_visit,
            or_(
                DispatchNeed.wanted.is_(True),
                and_(DispatchNeed.id.is_(None), or_(by_type, _asked_again())),
            ),
        )
    )
    ids = list(
        session.scalars(
            tickets.with_only_columns(Ticket.id)
            .order_by(rank, Ticket.due_at.is_(None), Ticket.due_at, Ticket.id).limit(most)
        )
    )  # fmt: skip
    total = _count(session, visits) + _count(session, tickets)
    jobs = job_queries.jobs(session, actor, held, ids, rows)
    jobs.sort(key=_urgency)
    return jobs[:most], total


def _asked_again() -> ColumnElement[bool]:
    """Tickets whose visit ended with the wish for another one."""
    return exists().where(
        WorkOrder.tenant_id == Ticket.tenant_id, WorkOrder.ticket_id == Ticket.id,
        WorkOrder.state == VisitState.DONE, WorkOrder.repeat_reason != "",
    )  # fmt: skip


def _count(session: Session, statement: Select[Any]) -> int:
    counted = select(func.count()).select_from(statement.order_by(None).subquery())
    return session.scalar(counted) or 0


def _urgency(job: Job) -> tuple[int, bool, datetime, str]:
    due = job.deadline or as_utc(job.ticket.created_at)
    rank = _URGENT_FIRST.get(Priority(job.ticket.priority), 9)
    return rank, job.deadline is None, due, job.number


_WAITING = {TicketState.WAITING_PARTS: "parts", TicketState.WAITING_CUSTOMER: "customer"}


def _jobs(session: Session, actor: Actor, jobs: Sequence[Job]) -> list[BoardJob]:
    wanted = {part for job in jobs for part in job.needed.parts}
    free = van_queries.free_at(session, actor, wanted)
    numbers = [
        n for job in jobs for n in (job.ticket.number, job.visit.number if job.visit else "")
    ]
    kept = van_queries.kept_for(session, actor, [n for n in numbers if n])
    shown = []
    for job in jobs:
        row, slot = job.visit, job.slot
        shown.append(
            BoardJob(
                **job.facts(), created_at=iso(job.ticket.created_at),
                waiting=_WAITING.get(TicketState(job.ticket.state), ""),
                window=SpanView(from_=iso(row.window_from), until=iso(row.window_until))
                if row else None,
                time_zone=row.time_zone if row
                else (job.customer.time_zone if job.customer else "UTC"),
                promised=bool(row and row.promised),
                pool=slot.pool if slot else PoolState.NONE, engineer=job.ticket.engineer,
                parts=_parts(job, free, kept),
                visits_before=row.visit - 1 if row else 0,
            )
        )  # fmt: skip
    return shown


def _parts(
    job: Job, free: dict[str, dict[str, int]], kept: dict[str, dict[str, dict[str, int]]]
) -> list[BoardPart]:
    found = []
    for part, quantity in sorted(job.needed.parts.items()):
        places = {code for code, parts in free.items() if parts.get(part)}
        reserved = 0
        for number in (job.ticket.number, job.visit.number if job.visit else ""):
            for code, parts in kept.get(number, {}).items():
                if parts.get(part):
                    reserved += parts[part]
                    places.add(code)
        found.append(BoardPart(part=part, quantity=quantity, reserved=reserved, at=sorted(places)))
    return found


def _depots(session: Session, actor: Actor, held: Snapshot) -> list[DepotView]:
    if not actor.may("stock:read"):
        return []
    return [
        DepotView(code=row.code, name=row.name, level=row.level,
                  place=point_view(depot_place(held, row.code, row.name)))
        for row in van_queries.locations(session, actor)
        if row.level != "van"
    ]  # fmt: skip


def depot_place(held: Snapshot, code: str, name: str) -> Point:
    """Where a depot is: by its name or code, as the books know places."""
    found = held.gazetteer.find(name)
    return found if found.known else held.gazetteer.find(code)
