"""Plain insertion: the start of every plan, and what no plan may cost more than."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from careloop.crm_core.dispatch.planning.arrays import PROMISED, Model, State
from careloop.crm_core.dispatch.planning.board import Board
from careloop.crm_core.dispatch.planning.placing import price, put


class Way(Enum):
    """Which job goes next."""

    CHEAPEST = "the one that costs least"
    REGRET = "the one that would lose most by waiting"


def board_of(p: Model, s: State) -> Board:
    """The prices of all jobs left undone that are not pinned."""
    return Board(p, s, [j for j in range(p.n) if s.where[j] < 0 and p.undone[j] < PROMISED])


def insert_all(board: Board, way: Way) -> None:
    """Insert every job of the board that costs less than leaving it, however long that takes."""
    while True:
        jobs = board.jobs[board.engineer[board.jobs] >= 0]
        if not jobs.size:
            return
        ranks = board.least[jobs]
        if way is Way.REGRET:
            ranks = ranks - board.next[jobs]
        board.place(int(jobs[ranks.argmin()]))


def insert_in_order(p: Model, s: State, order: Sequence[int]) -> None:
    """Insert jobs one after the other where each costs least."""
    for j in order:
        if s.where[j] < 0:
            e = _cheapest(p, s, j)
            if e >= 0:
                put(p, s, j, e)


def _cheapest(p: Model, s: State, j: int) -> int:
    """The engineer with whom job `j` costs least, less than leaving it undone; -1 if none."""
    row, ln, mark = s.row, s.ln, s.mark
    s.stamp += 1
    best = p.undone[j]
    chosen = -1
    for e in p.able[j]:
        if not ln[row[e]]:
            if mark[p.alike[e]] == s.stamp:
                continue
            mark[p.alike[e]] = s.stamp
        cost = price(p, s, j, e, best)
        if cost < best:
            best, chosen = cost, e
    return chosen
