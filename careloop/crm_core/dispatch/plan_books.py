"""What a plan is made of, read out of the books once: plain values that outlive the session."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from careloop.crm_core.dispatch import (
    board_queries,
    fitting,
    job_queries,
    snapshot,
    van_queries,
)  # fmt: skip
from careloop.crm_core.dispatch.board_queries import Busy
from careloop.crm_core.dispatch.geo import Point
from careloop.crm_core.dispatch.job_queries import Job
from careloop.crm_core.dispatch.plan_models import DispatchPlan
from careloop.crm_core.dispatch.reasons import said
from careloop.crm_core.dispatch.roster_arrays import Person, minute
from careloop.crm_core.dispatch.schemas import Reason
from careloop.crm_core.dispatch.settings_schemas import DispatchFacts
from careloop.crm_core.dispatch.snapshot import Snapshot
from careloop.crm_core.tickets.models import TicketState
from careloop.crm_core.workorders.models import VisitState
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc
from careloop.kit.db import now

MOST_JOBS = 2_000
_WAITING = frozenset({TicketState.WAITING_CUSTOMER, TicketState.WAITING_PARTS})
_BEGUN = frozenset({VisitState.EN_ROUTE, VisitState.ON_SITE})
Span = tuple[float, float]


@dataclass(slots=True)
class PlanJob:
    """A job to plan. Minutes since 1970; `engineer` and `start` are where it stands now.

    `fixed` is a visit that the plan may not touch: promised to the customer, or begun.
    """

    number: str
    ticket: str
    work_order: str
    version: int | None
    place: Point
    minutes: float
    priority: str
    due: float | None
    parts: dict[str, int]
    engineer: str
    start: float | None
    fixed: bool
    begun: bool
    window: Span | None
    able: dict[int, set[str]] = field(default_factory=dict)
    """Codes of the engineers who may do it, by day."""
    lacking: Reason | None = None


@dataclass(slots=True)
class PlanEngineer:
    """An engineer with the spans of work of each day (absences not taken off) and the absences."""

    code: str
    home: Point
    days: dict[int, list[Span]]
    absences: list[Span]
    van: dict[str, int]


@dataclass(slots=True)
class PlanDepot:
    code: str
    place: Point
    stock: dict[str, int]


@dataclass(slots=True)
class PlanBooks:
    """Everything a plan needs; `days` are ordinals of local days."""

    now: float
    span: Span
    days: list[int]
    seconds: float
    keep: bool
    settings: DispatchFacts
    engineers: list[PlanEngineer]
    jobs: list[PlanJob]
    depots: list[PlanDepot]
    warnings: list[Reason]


def gather(session: Session, actor: Actor, plan: DispatchPlan) -> PlanBooks:
    """Read what the plan is about."""
    days = [date.fromisoformat(one).toordinal() for one in plan.days]
    since, until = as_utc(plan.starts_at), as_utc(plan.ends_at)
    with snapshot.of(session, actor.tenant_id) as held:
        people = [
            one for one in held.roster.people
            if one.rows.engineer.active and (not plan.engineers or one.code in plan.engineers)
        ]  # fmt: skip
        codes = {one.code for one in people}
        busy = list(map(
                board_queries.busy_with,
                job_queries.jobs(
                    session, actor, held, [],
                    [row for row in board_queries.visits_in(session, actor, since, until)
                     if row.is_open and row.engineer in codes],
                ),
            ))  # fmt: skip
        loose, _ = board_queries.unplanned(session, actor, held, MOST_JOBS)
        if plan.tickets:
            loose = [job for job in loose if job.ticket.number in plan.tickets]
        loose = [job for job in loose if _may_be_planned(job, until)]
        jobs = [_standing(held, one, plan.keep) for one in busy] + [_loose(job) for job in loose]
        for made, job in zip(jobs, [*(one.job for one in busy), *loose], strict=True):
            _note_able(held, made, job, people, days)
        engineers, warnings = _engineers(held, people, days)
        depots, vans = _stock(session, actor, held, jobs)
        for one in engineers:
            one.van = vans.get(one.code, {})
        return PlanBooks(
            now=minute(now(session)), span=(minute(since), minute(until)), days=days,
            seconds=plan.seconds, keep=plan.keep, settings=held.settings.model_copy(deep=True),
            engineers=engineers, jobs=jobs, depots=depots, warnings=warnings,
        )  # fmt: skip


def _may_be_planned(job: Job, until: datetime) -> bool:
    """A ticket that waits is planned only when a person said that a visit is wanted, one that
    stands in the pool belongs to whoever takes it."""
    if job.slot is not None and job.slot.pool == "offered":
        return False
    if job.needed.not_before is not None and as_utc(job.needed.not_before) >= until:
        return False
    told = "told" in job.needed.sources
    return job.ticket.state not in _WAITING or told or job.visit is not None


def _standing(held: Snapshot, one: Busy, keep: bool) -> PlanJob:
    """A visit that an engineer has."""
    row = one.row
    begun = row.state in _BEGUN
    start = minute(one.start)
    window = (start, start + 30.0) if keep else _agreed(one.job)
    return PlanJob(
        number=row.number, ticket=row.ticket, work_order=row.number, version=row.version,
        place=one.job.place, minutes=minute(one.end) - start, priority=one.job.ticket.priority,
        due=_due(one.job), parts=one.job.needed.parts, engineer=row.engineer, start=start,
        fixed=row.promised or begun, begun=begun, window=window,
    )  # fmt: skip


def _loose(job: Job) -> PlanJob:
    """A ticket that needs a visit, or a visit nobody has; the latter within its window."""
    row = job.visit
    window = _agreed(job)
    if row is not None:
        window = (minute(row.window_from), minute(row.window_until))
    return PlanJob(
        number=job.number, ticket=job.ticket.number, work_order=row.number if row else "",
        version=row.version if row else None, place=job.place, minutes=float(job.minutes),
        priority=job.ticket.priority, due=_due(job), parts=job.needed.parts, engineer="",
        start=minute(row.window_from) if row else None, fixed=False, begun=False, window=window,
    )  # fmt: skip


def _agreed(job: Job) -> Span | None:
    early, late = job.needed.not_before, job.needed.not_after
    if early is None and late is None:
        return None
    return (minute(early) if early else -1e9, minute(late) if late else 1e9)


def _due(job: Job) -> float | None:
    return minute(job.deadline) if job.deadline else None


def _note_able(
    held: Snapshot, made: PlanJob, job: Job, people: list[Person], days: list[int]
) -> None:
    """Who may do a job, day by day; an area is kept to where somebody serves it."""
    areas = set(job.matter.areas)
    for day in days:
        able = set()
        for one in people:
            at = held.roster.by_code[one.code]
            lacking = fitting.unable(held, job.needed, at, day)
            if lacking:
                made.lacking = made.lacking or lacking[0]
            elif all(held.roster.carries(tool)[at] for tool in job.needed.tools):
                able.add(one.code)
        near = {
            one.code for one in people
            if one.code in able and (not one.areas or not areas or areas & set(one.areas))
        }  # fmt: skip
        made.able[day] = near or able


def _engineers(
    held: Snapshot, people: list[Person], days: list[int]
) -> tuple[list[PlanEngineer], list[Reason]]:
    found, warnings = [], []
    for one in people:
        home = Point(one.lat, one.lon)
        if not home.known:
            home = held.gazetteer.find(one.rows.engineer.base_city)
        if not home.known:
            warnings.append(said("home_unknown", "info", engineer=one.code))
            continue
        spans = {
            day: [(minute(a), minute(b)) for a, b in one.spans(date.fromordinal(day))]
            for day in days
        }
        found.append(PlanEngineer(one.code, home, spans, list(one.absences), {}))
    return found, warnings


def _stock(
    session: Session, actor: Actor, held: Snapshot, jobs: list[PlanJob]
) -> tuple[list[PlanDepot], dict[str, dict[str, int]]]:
    """Depots whose place is known, and vans, with the parts that the jobs need."""
    wanted = {part for job in jobs for part in job.parts}
    if not wanted:
        return [], {}
    numbers = {number for job in jobs for number in (job.ticket, job.work_order) if number}
    at: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for code, parts in van_queries.free_at(session, actor, wanted).items():
        for part, quantity in parts.items():
            at[code][part] += quantity
    for places in van_queries.kept_for(session, actor, numbers).values():
        for code, parts in places.items():
            for part, quantity in parts.items():
                if part in wanted:
                    at[code][part] += quantity
    vans = van_queries.vans(session, actor)
    depots = []
    for row in van_queries.locations(session, actor):
        place = board_queries.depot_place(held, row.code, row.name)
        if row.level != "van" and place.known and at.get(row.code):
            depots.append(PlanDepot(row.code, place, dict(at[row.code])))
    return depots, {who: dict(at[code]) for who, code in vans.items() if code in at}
