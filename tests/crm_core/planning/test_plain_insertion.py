"""No plan costs more than plain insertion, however short the time; and insertion is quick."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.dispatch_days import Recipe
from careloop.crm_core.dispatch.planning import (
    PlanLine,
    check,
    insertion,
    solve,
)
from careloop.crm_core.dispatch.planning.arrays import Model, State
from careloop.crm_core.dispatch.planning.construction import board_of
from careloop.crm_core.dispatch.planning.layout import lay_out
from careloop.crm_core.dispatch.planning.placing import price
from careloop.crm_core.dispatch.planning.state import empty
from tests.crm_core.planning.plan_days import QUICK, RECIPES, line, odd_days


@settings(QUICK, max_examples=8)
@given(odd_days(), st.sampled_from([0.0, 0.01, 0.1]))
def test_no_limit_is_too_short_for_insertion(problem: PlanLine, seconds: float) -> None:
    plan = solve(problem, seconds)
    assert check(problem, plan) == []
    assert plan.cost.total <= insertion(problem).cost.total + 1e-6


@QUICK
@given(odd_days(), st.integers(0, 6))
def test_prices_worked_out_together_are_those_of_one_by_one(problem: PlanLine, steps: int) -> None:
    made = lay_out(problem)
    p = made.model
    board = board_of(p, empty(p, made.stock, 0))
    for _ in range(steps):
        jobs = board.jobs[board.engineer[board.jobs] >= 0]
        if jobs.size:
            board.place(int(jobs[board.least[jobs].argmin()]))
    for j in board.jobs.tolist():
        costs = sorted(
            price(p, board.plan, j, e, p.undone[j]) for e in spoken_for(p, board.plan, j)
        )
        told = [board.least[j], board.next[j]]
        assert told == pytest.approx([*costs, p.undone[j], p.undone[j]][:2])


def spoken_for(p: Model, s: State, j: int) -> list[int]:
    """The able engineers, of idle ones who are alike only the first."""
    idle: dict[int, int] = {}
    return [e for e in p.able[j] if s.ln[s.row[e]] or idle.setdefault(p.alike[e], e) == e]


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_never_dearer_than_insertion_and_in_time(recipe: Recipe) -> None:
    problem = line(recipe)
    began = time.perf_counter()
    least = insertion(problem)
    assert check(problem, least) == []
    whole = time.perf_counter() - began
    for seconds in (0.0, 0.01, 0.1, 1.0):
        began = time.perf_counter()
        plan = solve(problem, seconds)
        # On a quiet machine 0.1 s; a loaded one may stop us for longer anywhere.
        assert time.perf_counter() - began < max(seconds, 3 * whole) + 1.5
        assert check(problem, plan) == []
        assert plan.insertion == least.insertion == least.cost.total
        assert plan.cost.total <= least.cost.total
    assert solve(problem, iterations=100).cost.total < least.cost.total


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.1, 2.0])
def test_a_thousand_jobs_are_planned_in_no_time(seconds: float) -> None:
    """Insertion costs about a second of one core; so short a limit leaves nothing undone."""
    problem = line(Recipe(1000, 200, "clustered", True, skills=True, own_homes=True))
    began = time.process_time()
    plan = solve(problem, seconds, workers=0)
    assert check(problem, plan) == []
    assert plan.insertion is not None
    assert plan.cost.total <= plan.insertion
    assert len(plan.unserved) < 10
    assert time.process_time() - began < max(seconds, 2.5) + 0.5
