"""The same day given to OR-Tools: windows, soft due times, skills, unserved costs; no parts.

Only for comparison; `pip install ortools`. Depots and parts are left out of this model, so it says
nothing about days that need them.
"""

from __future__ import annotations

import contextlib
import importlib
from typing import Any

from careloop.crm_core.dispatch.planning.layout import lay_out
from careloop.crm_core.dispatch.planning.schemas import PlanLine

SCALE = 100
"""Costs are whole numbers there."""


def reference_cost(line: PlanLine, seconds: float) -> float | None:
    """What the routing library's plan costs after `seconds`; None without it or with parts."""
    if any(job.parts for job in line.jobs):
        return None
    try:
        cp: Any = importlib.import_module("ortools.constraint_solver.pywrapcp")
        enums: Any = importlib.import_module("ortools.constraint_solver.routing_enums_pb2")
    except ImportError:
        return None
    p = lay_out(line).model
    n, m = p.n, p.m
    nodes = n + 2 * m
    manager = cp.RoutingIndexManager(
        nodes, m, [n + e for e in range(m)], [n + m + e for e in range(m)]
    )
    home = [*range(n), *p.home[:m], *p.back[:m]]
    model = cp.RoutingModel(manager)

    def minutes(a: int, b: int) -> int:
        x, y = manager.IndexToNode(a), manager.IndexToNode(b)
        return p.T[home[x]][home[y]] + (p.dur[x] if x < n else 0)

    def cost(a: int, b: int) -> int:
        x, y = manager.IndexToNode(a), manager.IndexToNode(b)
        return 0 if x >= n and y >= n else round(p.C[home[x]][home[y]] * SCALE)

    model.SetArcCostEvaluatorOfAllVehicles(model.RegisterTransitCallback(cost))
    latest = max(p.s1)
    model.AddDimension(model.RegisterTransitCallback(minutes), latest, latest, False, "time")
    time = model.GetDimensionOrDie("time")
    solver = model.solver()
    for j in range(n):
        at = manager.NodeToIndex(j)
        time.CumulVar(at).SetRange(max(0, p.w0[j]), max(0, min(p.w1[j], latest)))
        if p.late[j] > 0 and p.due[j] < latest:
            time.SetCumulVarSoftUpperBound(at, max(0, p.due[j]), round(p.late[j] * SCALE))
        able = p.able[j]
        model.AddDisjunction([at], round(p.undone[j] * SCALE))
        if not able:
            solver.Add(model.ActiveVar(at) == 0)
        elif len(able) < m:
            model.VehicleVar(at).SetValues([-1, *able])
    for e in range(m):
        time.CumulVar(model.Start(e)).SetRange(p.s0[e], p.s1[e])
        time.CumulVar(model.End(e)).SetRange(p.s0[e], p.s1[e])
        model.AddVariableMinimizedByFinalizer(time.CumulVar(model.End(e)))
    search = cp.DefaultRoutingSearchParameters()
    search.first_solution_strategy = enums.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    search.local_search_metaheuristic = enums.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    search.time_limit.FromMilliseconds(int(seconds * 1000))
    with contextlib.suppress(Exception):
        found = model.SolveWithParameters(search)
        if found is not None:
            return float(found.ObjectiveValue()) / SCALE
    return None
