"""What a plan costs, before and after, in the same unit: pure, over the books of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from careloop.crm_core.dispatch import geo
from careloop.crm_core.dispatch.plan_books import PlanBooks, PlanJob
from careloop.crm_core.dispatch.plan_schemas import CostView

Stand = tuple[str, float]
"""An engineer's code and the minute since 1970 at which work begins."""
DAY = 1440.0


def cost_of(books: PlanBooks, stands: Mapping[str, Stand], moves: int = 0) -> CostView:
    """The cost of jobs standing so; jobs that stand nowhere are undone."""
    by_number = {job.number: job for job in books.jobs}
    travel = _travel(books, by_number, stands)
    late_cost, late_minutes, undone_cost, undone = 0.0, 0.0, 0.0, 0
    weights = books.settings.costs
    for job in books.jobs:
        stand = stands.get(job.number)
        if stand is None:
            undone += 1
            undone_cost += weights.unserved[job.priority] * _share(books, job)
        elif job.due is not None and stand[1] > (due := _due(books, job)):
            late_minutes += stand[1] - due
            late_cost += (stand[1] - due) * weights.late_per_min[job.priority]
    moved = moves * books.settings.move_cost
    travel_cost = travel * weights.travel
    return CostView(
        total=round(travel_cost + late_cost + undone_cost + moved, 2),
        travel=round(travel_cost, 2), late=round(late_cost, 2), unserved=round(undone_cost, 2),
        moves=round(moved, 2), travel_minutes=round(travel), late_minutes=round(late_minutes),
        unserved_jobs=undone,
    )  # fmt: skip


def _due(books: PlanBooks, job: PlanJob) -> float:
    """From when on a job that has a promise is late; what is lost already does not count."""
    assert job.due is not None
    if job.fixed:
        return job.due
    return max(job.due, books.now, books.span[0], job.window[0] if job.window else job.due)


def _share(books: PlanBooks, job: PlanJob) -> float:
    """A job that is due after the days that are planned costs half."""
    return 0.5 if job.due is None or job.due > books.span[1] else 1.0


def _travel(books: PlanBooks, jobs: Mapping[str, PlanJob], stands: Mapping[str, Stand]) -> float:
    """Minutes of all ways: from home through the day and back, each local day by itself."""
    total = 0.0
    for one in books.engineers:
        mine = sorted((start, number) for number, (who, start) in stands.items() if who == one.code)
        for day in _split(start_number for start_number in mine):
            place = one.home
            for _, number in day:
                there = jobs[number].place
                if there.known:
                    total += geo.minutes(place, there, books.settings.travel) or 0
                    place = there
            if place is not one.home:
                total += geo.minutes(place, one.home, books.settings.travel) or 0
    return total


def _split(mine: Iterable[tuple[float, str]]) -> list[list[tuple[float, str]]]:
    """Days apart: a pause of more than eight hours is a night."""
    days: list[list[tuple[float, str]]] = []
    for start, number in mine:
        if days and start - days[-1][-1][0] <= 8 * 60:
            days[-1].append((start, number))
        else:
            days.append([(start, number)])
    return days
