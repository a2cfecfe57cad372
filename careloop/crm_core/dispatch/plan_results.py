"""From a computed plan to what is stored: routes as shown, lines of change, costs. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from careloop.crm_core.dispatch import geo, plan_costs
from careloop.crm_core.dispatch.plan_books import PlanBooks, PlanJob
from careloop.crm_core.dispatch.plan_costs import Stand
from careloop.crm_core.dispatch.plan_days import DayPlan, Outcome, changed
from careloop.crm_core.dispatch.plan_schemas import PlanRoute, PlanStop, UnservedView
from careloop.crm_core.dispatch.planning import Route, Stop
from careloop.crm_core.dispatch.reasons import said
from careloop.crm_core.dispatch.schemas import PointView, Reason
from careloop.kit.clock import iso


@dataclass(frozen=True, slots=True)
class Change:
    """A line of a plan before it is a row."""

    kind: str
    job: PlanJob
    engineer: str
    start: float | None
    travel: int
    late: int
    reasons: list[Reason]


@dataclass(slots=True)
class PlanResult:
    """Everything that `plans.finish` writes down."""

    result: dict[str, object]
    changes: list[Change]


def made_of(books: PlanBooks, outcome: Outcome) -> PlanResult:
    """The result and the changes of a computed plan."""
    jobs = {job.number: job for job in books.jobs}
    routes: list[PlanRoute] = []
    after: dict[str, Stand] = {}
    changes: list[Change] = []
    for day in outcome.days:
        for route in day.answer.routes:
            routes.append(_route(books, jobs, day, route))
            changes += _changes(books, jobs, day, route, after)
    before = _before(books)
    for job in books.jobs:
        if job.engineer and job.number not in after:
            if job.fixed or job.number in outcome.left_alone:
                after[job.number] = before[job.number]
            else:
                why = outcome.undone.get(job.number) or said("no_engineers", "hard")
                changes.append(Change("drop", job, "", None, 0, 0, [why]))
    moves = sum(one.kind == "swap" for one in changes)
    undone = [
        UnservedView(ticket=job.ticket, work_order=job.work_order, priority=job.priority,
                     reason=outcome.undone.get(job.number) or said("no_engineers", "hard"))
        for job in books.jobs if job.number not in after
    ]  # fmt: skip
    warnings = [*outcome.warnings, *outcome.left_alone.values()]
    return PlanResult(
        {
            "routes": [one.model_dump(mode="json") for one in routes],
            "unserved": [one.model_dump(mode="json") for one in undone],
            "warnings": [one.model_dump(mode="json") for one in warnings],
            "before": plan_costs.cost_of(books, before).model_dump(),
            "after": plan_costs.cost_of(books, after, moves).model_dump(),
        },
        sorted(changes, key=lambda one: (one.engineer, one.start or 0.0, one.job.number)),
    )


def _before(books: PlanBooks) -> dict[str, Stand]:
    return {
        job.number: (job.engineer, job.start)
        for job in books.jobs
        if job.engineer and job.start is not None
    }


def _changes(
    books: PlanBooks, jobs: dict[str, PlanJob], day: DayPlan, route: Route,
    after: dict[str, Stand],
) -> list[Change]:  # fmt: skip
    found = []
    who = str(route.engineer)
    for stop in route.stops:
        if stop.job is None:
            continue
        job = jobs[str(stop.job)]
        start = day.origin + float(stop.start or 0.0)
        after[job.number] = (who, start)
        if job.fixed:
            continue
        kind = changed(job, who, start)
        if kind:
            late = round(max(0.0, start - job.due)) if job.due is not None else 0
            travel = _way_to(books, jobs, day, route, stop)
            found.append(Change(kind, job, who, start, travel, late, _why(job, kind, late)))
        elif job.start is not None:
            after[job.number] = (who, job.start)
    return found


def _why(job: PlanJob, kind: str, late: int) -> list[Reason]:
    found = [said(f"line_{kind}", "info")]
    if late:
        found.append(said("late", "bad", minutes=late))
    elif job.due is not None:
        found.append(said("in_time", "good"))
    return found


def _way_to(
    books: PlanBooks, jobs: dict[str, PlanJob], day: DayPlan, route: Route, wanted: Stop
) -> int:
    """Minutes of the way to a stop, from the place before it."""
    place = next(one.home for one in books.engineers if one.code == str(route.engineer))
    for stop in route.stops:
        there = _place(books, jobs, stop)
        if stop is wanted:
            return geo.minutes(place, there, books.settings.travel) or 0
        place = there
    return 0


def _place(books: PlanBooks, jobs: dict[str, PlanJob], stop: Stop) -> geo.Point:
    if stop.job is not None:
        return jobs[str(stop.job)].place
    code = str(stop.depot).removeprefix("depot:")
    return next((one.place for one in books.depots if one.code == code), geo.NOWHERE)


def _route(books: PlanBooks, jobs: dict[str, PlanJob], day: DayPlan, route: Route) -> PlanRoute:
    stops, work = [], 0.0
    for stop in route.stops:
        job = jobs[str(stop.job)] if stop.job is not None else None
        place = _place(books, jobs, stop)
        start, leave = float(stop.start or 0.0), float(stop.leave or 0.0)
        work += leave - start if job else 0.0
        stops.append(
            PlanStop(
                kind="visit" if job else "depot", ticket=job.ticket if job else "",
                work_order=job.work_order if job else "",
                depot=str(stop.depot).removeprefix("depot:") if stop.depot is not None else "",
                pick=stop.pick or {}, arrive=_at(day, stop.arrive), start=_at(day, start),
                leave=_at(day, leave), late_minutes=round(float(stop.late or 0.0)),
                travel_minutes=_way_to(books, jobs, day, route, stop),
                promised=bool(job and job.fixed),
                place=PointView(lat=place.lat, lon=place.lon, kind=place.kind, label=place.label),
            )
        )  # fmt: skip
    return PlanRoute(
        engineer=str(route.engineer),
        date=datetime.fromordinal(day.day).date().isoformat(),
        leaves_home=None if route.leaves_home is None else _at(day, route.leaves_home),
        home=None if route.home is None else _at(day, route.home),
        travel_minutes=round(float(route.travel or 0.0)), work_minutes=round(work), stops=stops,
    )  # fmt: skip


def _at(day: DayPlan, minutes: float | None) -> str:
    return iso(datetime.fromtimestamp(round(day.origin + float(minutes or 0.0)) * 60, UTC))
