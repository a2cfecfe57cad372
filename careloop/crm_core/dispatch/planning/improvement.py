"""Change a plan that stands: take in new jobs and disturb little."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter, thread_time
from typing import Any

from careloop.crm_core.dispatch.planning.baseline import insertion_into
from careloop.crm_core.dispatch.planning.engine import handed_out, improved, slowness
from careloop.crm_core.dispatch.planning.layout import lay_out
from careloop.crm_core.dispatch.planning.schemas import (
    Improvement,
    Pin,
    PlanAnswer,
    PlanLine,
    Route,
)


def improve(
    problem: PlanLine,
    plan: PlanAnswer | Sequence[Route],
    seconds: float = 2.0,
    seed: int = 0,
    fixed: Sequence[Pin] = (),
    move_cost: float = 30.0,
    iterations: int | None = None,
    workers: int | None = None,
) -> Improvement:
    """The plan with the jobs of `problem` that it does not hold, in the cheapest way when a job
    that changes engineer costs `move_cost` besides.

    Jobs, engineers and depots that are no longer in the problem fall out; so do jobs that the
    present windows, abilities or parts no longer allow where they stand, and they are planned anew.
    """
    began, cpu = perf_counter(), thread_time()
    routes = plan.routes if isinstance(plan, PlanAnswer) else list(plan)
    stays = {
        stop.job: route.engineer
        for route in routes for stop in route.stops if stop.job is not None
    }  # fmt: skip
    day = lay_out(problem, fixed, stays, move_cost)
    stays = {job: who for job, who in stays.items() if job in day.job_at}
    nodes: list[list[int]] = [[] for _ in problem.engineers]
    for route in routes:
        e = day.engineer_at.get(route.engineer)
        if e is None:
            continue
        for stop in route.stops:
            if stop.job is not None and stop.job in day.job_at:
                nodes[e].append(day.job_at[stop.job])
            depot = day.depot_at.get(stop.depot, -1)
            if depot >= 0 and day.model.depot[e] in (-1, depot):
                nodes[e].append(day.model.n + depot)
    until = began + seconds
    first = insertion_into(day, nodes)
    best = improved(day, first, until, seed, iterations, workers, stays, move_cost,
                    slowness(began, cpu))  # fmt: skip
    made = handed_out(day, best, first, began, until)
    return _compared(made, stays)


def _compared(made: PlanAnswer, stays: dict[Any, Any]) -> Improvement:
    now = {
        stop.job: route.engineer
        for route in made.routes for stop in route.stops if stop.job is not None
    }  # fmt: skip
    return Improvement(
        plan=made,
        moved=[job for job, who in now.items() if job in stays and stays[job] != who],
        inserted=[job for job in now if job not in stays],
        dropped=[job for job in stays if job not in now],
    )
