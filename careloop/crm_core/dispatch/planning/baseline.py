"""Plain insertion: the start of every plan, and what no plan may cost more than."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

from careloop.crm_core.dispatch.planning.answer import answer
from careloop.crm_core.dispatch.planning.arrays import PROMISED, Model, Table, twin
from careloop.crm_core.dispatch.planning.construction import (
    Way,
    board_of,
    insert_all,
    insert_in_order,
)
from careloop.crm_core.dispatch.planning.layout import Day, lay_out
from careloop.crm_core.dispatch.planning.schemas import Pin, PlanAnswer, PlanLine
from careloop.crm_core.dispatch.planning.search import Found, found_in
from careloop.crm_core.dispatch.planning.state import adopt, empty, settle


def insertion(problem: PlanLine, fixed: Sequence[Pin] = ()) -> PlanAnswer:
    """The cheapest of three plain insertions, each carried through to its end:

    - one job after the other, the dearest to leave undone first (then those whom few can do, then
      those whose window closes first), each where it costs least;
    - always the job that costs least;
    - always the job that would lose most by waiting (regret: its cheapest engineer against the
      next one).

    Pinned jobs go first. A job that costs more than leaving it is left. Looks at no clock; the same
    problem gives the same plan. `solve` never hands out a dearer one. Unlike `solve` it does not
    refuse pins that it cannot keep.
    """
    began = perf_counter()
    day = lay_out(problem, fixed)
    found = first_plan(day)
    plan = answer(day, found.routes, found.picks, began + 1e9)
    plan.insertion = plan.cost.total
    plan.rounds = 0
    plan.took_ms = round((perf_counter() - began) * 1000, 1)
    return plan


def first_plan(day: Day) -> Found:
    """What `insertion` finds, in the numbers of the day."""
    p = day.model
    begun = empty(p, day.stock, 0)
    insert_in_order(p, begun, _promised(p))
    one_by_one = twin(begun)
    insert_in_order(p, one_by_one, _by_urgency(p))
    settle(p, one_by_one)
    best = found_in(one_by_one)
    cheapest = board_of(p, begun)
    for board, way in ((cheapest.twin(), Way.REGRET), (cheapest, Way.CHEAPEST)):
        insert_all(board, way)
        settle(p, board.plan)
        if board.plan.best_cost < best.cost:
            best = found_in(board.plan)
    return best


def insertion_into(day: Day, routes: Table) -> Found:
    """An existing plan, as far as it fits the day, with the other jobs put in where they fit."""
    p = day.model
    s = empty(p, day.stock, 0)
    adopt(p, s, routes)
    insert_in_order(p, s, _promised(p))
    insert_all(board_of(p, s), Way.REGRET)
    settle(p, s)
    return found_in(s)


def _promised(p: Model) -> list[int]:
    pinned = [j for j in range(p.n) if p.undone[j] >= PROMISED]
    return sorted(pinned, key=lambda j: (p.w1[j], p.w0[j], j))


def _by_urgency(p: Model) -> list[int]:
    """Dear ones first, then those whom few can do, then those whose window closes first."""
    return sorted(range(p.n), key=lambda j: (-p.undone[j], len(p.able[j]), p.w1[j], j))
