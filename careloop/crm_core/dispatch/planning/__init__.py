"""The day planner: a pure engine without a database.

Stable for its callers:

`solve(problem: PlanLine, seconds: float | None = None, seed: int = 0, fixed: Sequence[Pin] = (),
iterations: int | None = None, workers: int | None = None) -> PlanAnswer`
    Plans the day within `seconds` (default: the problem's own, else 10). With `iterations` the
    clock is not looked at and the same seed gives the same plan. `fixed` pins jobs to an engineer
    and/or a range of start; pins that cannot be kept together raise `FixedImpossible`. The plan is
    always valid (`check`) and never costs more than `insertion(problem, fixed)`: that is carried
    through to its end first, also when the time is over before.

`insertion(problem: PlanLine, fixed: Sequence[Pin] = ()) -> PlanAnswer`
    The baseline: the cheapest of three plain insertions, without any improvement.

`improve(problem: PlanLine, plan: PlanAnswer | Sequence[Route], seconds: float = 2.0, seed: int = 0,
fixed: Sequence[Pin] = (), move_cost: float = 30.0, iterations: int | None = None) -> Improvement`
    Takes an existing plan and inserts the jobs of `problem` that are in none of its routes with
    least disturbance: a job that changes engineer costs `move_cost` besides. What no longer fits
    the plan (a job gone, an engineer absent, a window passed) is planned anew.

`schedule(problem: PlanLine, route: Route, fixed: Sequence[Pin] = ()) -> Route`
    The same route with arrive, start, leave of each stop, breaks, `leaves_home` and `home`, each as
    early as can be; raises `PlanningError` if it breaks a rule of time.

`check(problem: PlanLine, plan: PlanAnswer, fixed: Sequence[Pin] = ()) -> list[str]`
    Everything wrong with a plan, recomputed from the JSON by code that the solver does not use;
    empty when it is valid and its cost is right.

Minutes after midnight everywhere; what each field means stands in `schemas`.
"""

from careloop.crm_core.dispatch.planning.baseline import insertion
from careloop.crm_core.dispatch.planning.check import check
from careloop.crm_core.dispatch.planning.engine import solve
from careloop.crm_core.dispatch.planning.improvement import improve
from careloop.crm_core.dispatch.planning.schemas import (
    Break,
    CostTerms,
    Depot,
    Engineer,
    Improvement,
    Job,
    Pin,
    PlanAnswer,
    PlanLine,
    Route,
    Stop,
    Travel,
    Unserved,
    Weights,
)
from careloop.crm_core.dispatch.planning.timetable import schedule

__all__ = [
    "Break",
    "CostTerms",
    "Depot",
    "Engineer",
    "Improvement",
    "Job",
    "Pin",
    "PlanAnswer",
    "PlanLine",
    "Route",
    "Stop",
    "Travel",
    "Unserved",
    "Weights",
    "check",
    "improve",
    "insertion",
    "schedule",
    "solve",
]
