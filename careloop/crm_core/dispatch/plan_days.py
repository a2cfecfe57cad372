"""From the books to a plan, day by day: the planner's problem, its answer, and what would change.

Pure: no session, no clock. What is promised or begun is pinned where it stands and is never part
of a change; where promised visits cannot all be kept, they stay as they are and a warning says so.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from careloop.crm_core.dispatch import geo, planning
from careloop.crm_core.dispatch.plan_books import PlanBooks, PlanEngineer, PlanJob, Span
from careloop.crm_core.dispatch.planning.errors import FixedImpossible, PlanningError
from careloop.crm_core.dispatch.reasons import said
from careloop.crm_core.dispatch.schemas import Reason

EPOCH = 719_163
DAY = 1440.0
SAME_TIME = 5.0
BREAK_SLACK = 60.0
ROUNDS_OF_PINS = 20


@dataclass(slots=True)
class DayPlan:
    """One day's answer; minutes of the answer count from `origin`."""

    day: int
    origin: float
    answer: planning.PlanAnswer
    standing: set[str]
    """Numbers of jobs that stood with an engineer on that day."""
    line: planning.PlanLine


@dataclass(slots=True)
class Outcome:
    """A plan as it was computed."""

    days: list[DayPlan] = field(default_factory=list)
    undone: dict[str, Reason] = field(default_factory=dict)
    left_alone: dict[str, Reason] = field(default_factory=dict)
    """Promised visits that could not be part of the plan."""
    warnings: list[Reason] = field(default_factory=list)


def plan(books: PlanBooks) -> Outcome:
    """Plan every day in turn; what is left of one is tried on the next."""
    found = Outcome(warnings=list(books.warnings))
    standing = [job for job in books.jobs if job.engineer]
    loose = [job for job in books.jobs if not job.engineer]
    _set_apart(loose, found.undone)
    left = [job for job in loose if job.number not in found.undone]
    share = books.seconds / max(1, len(books.days))
    for day in books.days:
        mine = [job for job in standing if _day_of(books, job) == day]
        made = _plan_day(books, day, mine, left, share, found)
        if made is None:
            continue
        found.days.append(made)
        served = {str(stop.job) for route in made.answer.routes for stop in route.stops if stop.job}
        left = [job for job in left if job.number not in served]
        for number in served:
            found.undone.pop(number, None)
    return found


def _day_of(books: PlanBooks, job: PlanJob) -> int:
    """The local day of a standing visit: the one in whose shift it lies, else the nearest."""
    assert job.start is not None
    start = job.start
    owner = next((one for one in books.engineers if one.code == job.engineer), None)
    if owner is not None:
        for day in books.days:
            spans = owner.days.get(day) or []
            if spans and spans[0][0] - 240 <= start < spans[-1][1] + 240:
                return day
    return min(books.days, key=lambda day: abs((day - EPOCH) * DAY + DAY / 2 - start))


def _set_apart(loose: list[PlanJob], undone: dict[str, Reason]) -> None:
    """Jobs that no day can serve: nobody able, or no place."""
    for job in loose:
        if not job.place.known:
            undone[job.number] = said("place_unknown", "info")
        elif not any(job.able.values()):
            why = job.lacking or said("no_engineers", "hard")
            undone[job.number] = why


def _plan_day(
    books: PlanBooks, day: int, standing: list[PlanJob], loose: list[PlanJob], seconds: float,
    found: Outcome,
) -> DayPlan | None:  # fmt: skip
    crew = [one for one in books.engineers if _at_work(books, one, day)]
    present = {one.code for one in crew}
    for job in [one for one in standing if one.fixed and one.engineer not in present]:
        found.left_alone[job.number] = said("promised_absent", "hard", engineer=job.engineer,
                                            work_order=job.number)  # fmt: skip
    standing = [one for one in standing if not one.fixed or one.engineer in present]
    loose = [one for one in loose if _fits_day(books, one, crew, day)]
    if not crew:
        for job in loose:
            found.undone.setdefault(job.number, said("no_engineers", "hard"))
        return None
    origin = min(one.days[day][0][0] for one in crew) // DAY * DAY
    blocked = [one for one in standing if one.fixed and not one.place.known]
    placed = [one for one in standing if one not in blocked and one.place.known]
    for _ in range(ROUNDS_OF_PINS):
        line, pins = problem(books, day, origin, crew, placed, loose, blocked)
        try:
            answer = _solved(books, line, pins, placed, seconds, day)
        except FixedImpossible as clash:
            out = {str(number) for number in clash.details.get("jobs", ())}
            gone = [job for job in placed if job.number in out and job.fixed]
            if not gone:
                raise
            for job in gone:
                found.left_alone[job.number] = said(
                    "promised_clash", "hard", engineer=job.engineer, work_order=job.number
                )
            blocked += gone
            placed = [job for job in placed if job not in gone]
        except PlanningError as refused:
            found.warnings.append(said("not_planned", "hard", why=refused.message))
            return None
        else:
            _note_undone(answer, found)
            return DayPlan(day, origin, answer, {one.number for one in placed}, line)
    return None


def _solved(
    books: PlanBooks, line: planning.PlanLine, pins: list[planning.Pin], placed: list[PlanJob],
    seconds: float, seed: int,
) -> planning.PlanAnswer:  # fmt: skip
    if not books.keep:
        return planning.solve(line, seconds=seconds, seed=seed, fixed=pins)
    routes: dict[str, list[PlanJob]] = {}
    for job in sorted(placed, key=lambda one: (one.start or 0.0, one.number)):
        routes.setdefault(job.engineer, []).append(job)
    present = [
        planning.Route(engineer=who, stops=[planning.Stop(job=job.number) for job in jobs])
        for who, jobs in routes.items()
    ]
    return planning.improve(
        line, present, seconds=seconds, seed=seed, fixed=pins,
        move_cost=books.settings.move_cost,
    ).plan  # fmt: skip


def _note_undone(answer: planning.PlanAnswer, found: Outcome) -> None:
    for one in answer.unserved:
        found.undone[str(one.job)] = said(f"plan_{one.reason}", "info", detail=one.detail)


def _at_work(books: PlanBooks, one: PlanEngineer, day: int) -> bool:
    return _free(books, one, day) is not None


def _free(books: PlanBooks, one: PlanEngineer, day: int) -> tuple[Span, list[Span]] | None:
    """When an engineer works on a day: the whole span, and the gaps in it. None when not at all.

    Absences at the ends shorten the day, those between are gaps; what is past is past.
    """
    spans = one.days.get(day) or []
    if not spans:
        return None
    start, end = max(spans[0][0], books.span[0], books.now), min(spans[-1][1], books.span[1])
    gaps = [(a[1], b[0]) for a, b in itertools.pairwise(spans)]
    for since, until in sorted(one.absences):
        if since <= start < until:
            start = until
    for since, until in sorted(one.absences, reverse=True):
        if since < end <= until:
            end = since
    if end - start < 15:
        return None
    gaps += [(a, b) for a, b in one.absences if start < a and b < end]
    return (start, end), [(a, b) for a, b in gaps if a > start and b < end]


def _fits_day(books: PlanBooks, job: PlanJob, crew: list[PlanEngineer], day: int) -> bool:
    """Whether the job may begin on that day at all."""
    if job.window is None:
        return True
    return any(
        free is not None and job.window[0] < free[0][1] and job.window[1] > free[0][0]
        for free in (_free(books, one, day) for one in crew)
    )


def problem(
    books: PlanBooks, day: int, origin: float, crew: list[PlanEngineer], placed: list[PlanJob],
    loose: list[PlanJob], blocked: list[PlanJob],
) -> tuple[planning.PlanLine, list[planning.Pin]]:  # fmt: skip
    """The planner's problem of a day, in minutes since `origin`, and its pins."""
    skills: dict[frozenset[str], str] = {}
    pins = []
    jobs = []
    for job in [*placed, *loose]:
        able = frozenset(job.able.get(day, set())) | ({job.engineer} if job.fixed else frozenset())
        skill = skills.setdefault(able, f"able-{len(skills)}")
        jobs.append(_job(books, job, skill, origin))
        if job.fixed:
            assert job.start is not None
            at = job.start - origin
            pins.append(planning.Pin(job=job.number, engineer=job.engineer, start=(at, at)))
    travel = books.settings.travel
    line = planning.PlanLine(
        id=str(day), weights=books.settings.costs,
        travel=planning.Travel(
            speed_kmh=travel.speed_kmh, road_factor=travel.road_factor, fixed_min=travel.fixed_min
        ),
        engineers=[_engineer(books, one, day, origin, skills, placed, blocked) for one in crew],
        jobs=jobs,
        depots=[
            planning.Depot(id=f"depot:{one.code}", lat=one.place.lat, lon=one.place.lon,
                           service_min=15, stock=one.stock)
            for one in books.depots
        ],
    )  # fmt: skip
    return line, pins


def _job(books: PlanBooks, job: PlanJob, skill: str, origin: float) -> planning.Job:
    window = None
    if not job.fixed:
        first, last = job.window or (-1e9, 1e9)
        # A day made longer for a promise must not take in other jobs in the past.
        first = max(first, books.now, books.span[0])
        window = (first - origin, max(first, min(origin + 1e6, last)) - origin)
    due = None
    if job.due is not None:
        # What is lost already cannot be lost again: lateness counts from when it could be begun.
        reachable = job.due if window is None else max(job.due, window[0] + origin)
        due = max(-1e5, min(1e6, reachable - origin))
    # Parts of a visit that has its engineer are taken as on board: its plan stands already.
    parts = {} if job.fixed else job.parts
    return planning.Job(
        id=job.number, lat=job.place.lat, lon=job.place.lon, duration=max(1.0, job.minutes),
        window=window, skill=skill, priority=job.priority, sla_due=due, parts=parts,
    )  # fmt: skip


def _engineer(
    books: PlanBooks, one: PlanEngineer, day: int, origin: float,
    skills: dict[frozenset[str], str], placed: list[PlanJob], blocked: list[PlanJob],
) -> planning.Engineer:  # fmt: skip
    free = _free(books, one, day)
    assert free is not None
    (start, end), gaps = free
    mine = [job for job in placed if job.fixed and job.engineer == one.code and job.start]
    # A promise may lie before the hours or after them; the day is made long enough to keep it.
    for job in mine:
        assert job.start is not None
        start, end = min(start, job.start - 1), max(end, job.start + job.minutes)
    if mine:
        start, end = _with_ways(books, one, mine, start, end)
    breaks = [
        planning.Break(minutes=b - a, window=(a - origin - BREAK_SLACK, a - origin + BREAK_SLACK))
        for a, b in gaps
        if not any(_near(job, a, b) for job in mine)
    ]
    for job in blocked:
        if job.engineer == one.code and job.start is not None and start <= job.start < end:
            at = job.start - origin
            breaks.append(planning.Break(minutes=job.minutes, window=(at, at)))
    return planning.Engineer(
        id=one.code, lat=one.home.lat, lon=one.home.lon, start=start - origin, end=end - origin,
        skills=[name for codes, name in skills.items() if one.code in codes], van=one.van,
        breaks=breaks[:10],
    )  # fmt: skip


def _with_ways(
    books: PlanBooks, one: PlanEngineer, mine: list[PlanJob], start: float, end: float
) -> tuple[float, float]:
    """The day made long enough for the way to the first promise and home from the last."""
    travel = books.settings.travel
    first = min(mine, key=lambda job: job.start or 0.0)
    last = max(mine, key=lambda job: job.start or 0.0)
    out = geo.minutes(one.home, first.place, travel) or 0
    back = geo.minutes(last.place, one.home, travel) or 0
    return (
        min(start, (first.start or start) - out - 1),
        max(end, (last.start or end) + last.minutes + back + 1),
    )


def _near(job: PlanJob, since: float, until: float) -> bool:
    assert job.start is not None
    return job.start < until + BREAK_SLACK and job.start + job.minutes > since - BREAK_SLACK


def changed(before: PlanJob, engineer: str, start: float) -> str:
    """What the plan does with a job: new, assign, move, swap, or nothing (an empty word)."""
    if not before.work_order:
        return "new"
    if not before.engineer:
        return "assign"
    if before.engineer != engineer:
        return "swap"
    moved = before.start is not None and abs(before.start - start) >= SAME_TIME
    return "move" if moved else ""
