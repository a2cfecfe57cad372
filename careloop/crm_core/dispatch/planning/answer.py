"""From the tables back to the JSON: routes with times, reasons, and the cost counted in minutes."""

from __future__ import annotations

from careloop.crm_core.dispatch.planning.arrays import Table
from careloop.crm_core.dispatch.planning.layout import Day, unserved_cost
from careloop.crm_core.dispatch.planning.reasons import explain
from careloop.crm_core.dispatch.planning.schemas import CostTerms, Parts, PlanAnswer, Route
from careloop.crm_core.dispatch.planning.state import empty, fill
from careloop.crm_core.dispatch.planning.timetable import timed


def answer(day: Day, routes: Table, picks: Table, until: float) -> PlanAnswer:
    """The plan as JSON; `took_ms` is left for the caller. Reasons are looked for until `until`."""
    p = day.model
    s = empty(p, day.stock, 0)
    fill(p, s, routes, picks)
    made = [
        timed(day, e, nodes, _picked(day, nodes, picks[e]))
        for e, nodes in enumerate(routes)
        if nodes
    ]
    absent = [j for j in range(p.n) if s.where[j] < 0]
    return PlanAnswer(
        id=day.line.id,
        routes=made,
        unserved=explain(day, s, absent, until),
        cost=cost_of(day, made, absent),
        took_ms=0.0,
    )


def cost_of(day: Day, routes: list[Route], absent: list[int]) -> CostTerms:
    """The cost of routes with times, counted in minutes."""
    line = day.line
    travel = sum(route.travel or 0.0 for route in routes) * line.weights.travel
    late = 0.0
    for route in routes:
        for stop in route.stops:
            if stop.late:
                job = line.jobs[day.job_at[stop.job]]
                late += stop.late * line.weights.late_per_min[job.priority]
    unserved = sum(unserved_cost(line, line.jobs[j]) for j in absent)
    return CostTerms(
        total=_tidy(travel + late + unserved), travel=_tidy(travel), late=_tidy(late),
        unserved=_tidy(unserved),
    )  # fmt: skip


def _picked(day: Day, nodes: list[int], amounts: list[int]) -> list[Parts | None]:
    """What is picked at each node; at a depot that is passed twice, all at the first visit."""
    n, width = day.model.n, len(day.kinds)
    seen: set[int] = set()
    found: list[Parts | None] = []
    for x in nodes:
        if x < n:
            found.append(None)
            continue
        depot = x - n
        row = [] if x in seen else amounts[depot * width : (depot + 1) * width]
        found.append({kind: count for kind, count in zip(day.kinds, row, strict=False) if count})
        seen.add(x)
    return found


def _tidy(value: float) -> float:
    return round(value, 6)
