"""The search for a cheap plan in one process, within a time or a number of rounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from careloop.crm_core.dispatch.planning.annealing import anneal
from careloop.crm_core.dispatch.planning.arrays import PROMISED, Model, State, Table
from careloop.crm_core.dispatch.planning.layout import Day
from careloop.crm_core.dispatch.planning.state import empty, fill, recount

MEAN = 10.0
"""Jobs taken out in a round, on average."""
HOT, COLD = 0.8, 0.006
"""First and last temperature, in mean travel costs of a job."""
CHUNK_SECONDS = 0.02


@dataclass
class Found:
    """A plan in the numbers of a `Day`: nodes and picks of each engineer's route."""

    cost: float
    routes: Table
    picks: Table
    rounds: int = 0


def found_in(s: State) -> Found:
    """The best plan of a state."""
    return Found(
        s.best_cost, [row[:] for row in s.best_seq], [row[:] for row in s.best_pk], s.rounds
    )


def enough_rounds(p: Model) -> int:
    """Rounds after which a small day is not going to become better; beyond any time on others."""
    return 0 if p.n < 2 else 150 * p.n * p.n


def improve_within(
    day: Day,
    start: Found,
    seed: int,
    until: float,
    told: Callable[[Found], None] | None = None,
    relieved: Callable[[], bool] | None = None,
) -> Found:
    """Anneal until the time is over, or somebody else does it; `told` hears of better plans."""
    p = day.model
    s = _started(day, start, seed)
    began = perf_counter()
    whole = max(1e-9, until - began)
    hot, falls = _temperatures(p, start)
    most = enough_rounds(p)
    rounds = 1
    last = start.cost
    while s.rounds < most:
        now = perf_counter()
        if now >= until or (relieved is not None and relieved()):
            break
        share = max((now - began) / whole, s.rounds / most)
        end = min(1.0, share + CHUNK_SECONDS / whole)
        anneal(p, s, rounds, hot * falls**share, hot * falls**end, MEAN)
        spent = perf_counter() - now
        rounds = max(1, min(2000, int(rounds * min(2.0, CHUNK_SECONDS / max(spent, 1e-6)))))
        recount(p, s)
        if told is not None and s.best_cost < last - 1e-7:
            last = s.best_cost
            told(found_in(s))
    return found_in(s)


def improve_rounds(day: Day, start: Found, seed: int, rounds: int) -> Found:
    """Anneal for so many rounds; the same seed gives the same plan."""
    s = _started(day, start, seed)
    hot, falls = _temperatures(day.model, start)
    step = 200
    for done in range(0, rounds, step):
        end = min(done + step, rounds)
        anneal(
            day.model, s, end - done, hot * falls ** (done / rounds), hot * falls ** (end / rounds),
            MEAN,
        )  # fmt: skip
        recount(day.model, s)
    return found_in(s)


def worth_improving(p: Model) -> bool:
    """Whether there is anything to move."""
    return p.n > 1 and any(p.able)


def keeps_promises(day: Day, plan: Found) -> bool:
    """Whether every pinned job is in a route."""
    return plan.cost < PROMISED / 2


def _started(day: Day, start: Found, seed: int) -> State:
    s = empty(day.model, day.stock, seed)
    fill(day.model, s, start.routes, start.picks)
    return s


def _temperatures(p: Model, start: Found) -> tuple[float, float]:
    legs = sum(len(nodes) for nodes in start.routes) or 1
    travel = 0.0
    for e, nodes in enumerate(start.routes):
        for a, b in zip([p.home[e], *nodes], [*nodes, p.back[e]], strict=True):
            travel += p.C[a][b] if nodes else 0.0
    mean = max(travel / legs, 1e-3)
    return HOT * mean, COLD / HOT
