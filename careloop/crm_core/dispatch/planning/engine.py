"""Plan a day: plain insertion first, then as much improvement as the time allows."""

from __future__ import annotations

import os
from collections.abc import Sequence
from time import perf_counter, thread_time, time
from typing import Any

import structlog

from careloop.crm_core.dispatch.planning.answer import answer
from careloop.crm_core.dispatch.planning.baseline import first_plan
from careloop.crm_core.dispatch.planning.check import check
from careloop.crm_core.dispatch.planning.crew import Crew
from careloop.crm_core.dispatch.planning.errors import FixedImpossible, PlannerFault
from careloop.crm_core.dispatch.planning.layout import Day, lay_out, with_neighbours
from careloop.crm_core.dispatch.planning.schemas import SECONDS, Pin, PlanAnswer, PlanLine
from careloop.crm_core.dispatch.planning.search import (
    Found,
    improve_rounds,
    improve_within,
    keeps_promises,
    worth_improving,
)

log = structlog.get_logger(__name__)
ALONE_BELOW = 2.5
"""Seconds below which starting other processes does not pay."""
SMALL = 10
"""Jobs up to which one process is enough."""
GRACE = 0.05
"""Seconds that finding reasons may take when the time is over."""
TELLING = 0.1
"""Seconds before the end at which workers tell their last plan."""
WORKERS = 2
MOST_TO_FINISH = 0.5
"""Share of the time left that is at most kept for finishing on a busy machine."""
WORTH = 1e-7
"""Cheaper by less than this is not cheaper, but added up in another order."""
PROMISE_ROUNDS = 400
"""Rounds that are spent on fitting promised visits together, whatever the time."""


def solve(
    problem: PlanLine,
    seconds: float | None = None,
    seed: int = 0,
    fixed: Sequence[Pin] = (),
    iterations: int | None = None,
    workers: int | None = None,
) -> PlanAnswer:
    """The best plan found in the time: valid, and never dearer than `insertion(problem, fixed)`.

    Plain insertion is carried through to its end first, whatever the time: both promises come
    before the limit. What is left of the time goes into improvement.

    `seconds` defaults to the problem's own, else 10. `iterations` looks at no clock: so many rounds
    in this process, the same plan for the same seed. `workers` is the number of processes used
    beside this one (0: none).
    """
    began, cpu = perf_counter(), thread_time()
    if seconds is None:
        seconds = SECONDS if problem.seconds is None else problem.seconds
    day = lay_out(problem, fixed)
    until = began + seconds
    first = first_plan(day)
    best = improved(day, first, until, seed, iterations, workers, slow=slowness(began, cpu))
    return handed_out(day, best, first, began, until)


def slowness(began: float, cpu: float) -> float:
    """How much longer than its own work this thread has taken, 1 to 20: others work here too."""
    return min(20.0, max(1.0, (perf_counter() - began) / max(1e-4, thread_time() - cpu)))


def improved(
    day: Day,
    start: Found,
    until: float,
    seed: int,
    iterations: int | None,
    workers: int | None,
    stays: dict[Any, Any] | None = None,
    move_cost: float = 0.0,
    slow: float = 1.0,
) -> Found:
    """The plan after improvement; raises `FixedImpossible` if a promised visit stays left over."""
    best = start
    if worth_improving(day.model):
        left = max(0.0, until - perf_counter())
        left -= min(MOST_TO_FINISH * left, slow * _to_finish(day))
        until = perf_counter() + left
        if not keeps_promises(day, best):
            day.model = with_neighbours(day.model)
            best = improve_rounds(day, best, seed, PROMISE_ROUNDS)
        if iterations is not None:
            day.model = with_neighbours(day.model)
            best = improve_rounds(day, best, seed, iterations)
        elif left >= ALONE_BELOW and day.model.n > SMALL and (workers is None or workers > 0):
            many = min(WORKERS, os.cpu_count() or 1) if workers is None else workers
            best = _by_crew(day, best, until, seed, many, stays or {}, move_cost)
        elif left > 0.01 + slow * _to_begin(day):
            day.model = with_neighbours(day.model)
            best = improve_within(day, best, seed, until)
    if not keeps_promises(day, best):
        served = {x for nodes in best.routes for x in nodes}
        jobs = [job.id for j, job in enumerate(day.line.jobs)
                if job.id in day.pins and j not in served]  # fmt: skip
        raise FixedImpossible(
            "These promised visits cannot all be kept: " + ", ".join(map(str, jobs[:20])), jobs=jobs
        )
    return best if best.cost < start.cost - WORTH else start


def handed_out(day: Day, best: Found, first: Found, began: float, until: float) -> PlanAnswer:
    """The plan as JSON, if the independent check finds nothing wrong with it."""
    plan = _checked(day, best, until)
    if plan is None:
        plan = _checked(day, first, until)
    if plan is None:
        raise PlannerFault("The plan that was found is not valid; this is a fault of the planner")
    plan.insertion = round(first.cost, 6)
    plan.rounds = best.rounds
    plan.took_ms = round((perf_counter() - began) * 1000, 1)
    return plan


def _checked(day: Day, found: Found, until: float) -> PlanAnswer | None:
    plan = answer(day, found.routes, found.picks, max(until, perf_counter() + GRACE))
    faults = check(day.line, plan, list(day.pins.values()))
    if not faults:
        return plan
    log.error("plan_not_valid", faults=faults[:5], plan=day.line.id)
    return None


def _by_crew(
    day: Day, start: Found, until: float, seed: int, many: int, stays: dict[Any, Any],
    move_cost: float,
) -> Found:  # fmt: skip
    ends = time() + until - perf_counter() - TELLING
    seeds = [seed * 1000 + at for at in range(many)]
    crew = Crew(day, start, seeds, ends, stays=list(stays.items()), move_cost=move_cost)
    with crew:
        # Starting takes a moment, on a busy machine a long one; on none do we depend on it.
        day.model = with_neighbours(day.model)
        own = improve_within(day, start, seed, until, relieved=crew.at_work)
        found = crew.wait(until - perf_counter())
    if found is None:
        return own
    found.rounds += own.rounds
    return found if found.cost < own.cost else own


def _to_finish(day: Day) -> float:
    """Seconds to keep for writing the answer down and checking it."""
    p = day.model
    return 0.01 + 1e-4 * p.n + 3e-7 * p.n * p.m


def _to_begin(day: Day) -> float:
    """Seconds before improvement begins: neighbours and empty tables."""
    p = day.model
    return 2e-7 * p.n * p.n + 3e-7 * p.n * p.m
