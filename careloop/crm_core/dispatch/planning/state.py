"""An empty plan in flat tables, and filling it from routes."""

from __future__ import annotations

import random

from careloop.crm_core.dispatch.planning.annealing import save_best
from careloop.crm_core.dispatch.planning.arrays import NEVER, Model, State, Table
from careloop.crm_core.dispatch.planning.clockwork import refresh
from careloop.crm_core.dispatch.planning.ruin import close_up
from careloop.crm_core.dispatch.planning.supply import take_again


def empty(p: Model, stock: list[list[int]], seed: int) -> State:
    """All jobs undone, all engineers at home."""
    n, m = p.n, p.m
    width = n + sum(1 for needs in p.needs if needs) + 4
    rows = 2 * m + 1

    def table(count: int, wide: int, value: int = 0) -> list[list[int]]:
        return [[value] * wide for _ in range(count)]

    s = State()
    s.seq, s.dep, s.la, s.fr = (table(rows, width) for _ in range(4))
    s.ln, s.ver = [0] * rows, [0] * rows
    s.tc, s.lc = [0.0] * rows, [0.0] * rows
    s.pk = table(rows, p.d * p.kinds)
    s.rem = [row[:] for row in stock]
    s.kver, s.kver_before = [0] * p.kinds, [0] * p.kinds
    s.row, s.old, s.touched = list(range(m)), [-1] * m, []
    s.spare = list(range(m, rows))
    s.where = [-1] * n
    s.cc = [[NEVER] * m for _ in range(n)]
    s.cp, s.cv, s.ck = (table(n, m, -1) for _ in range(3))
    s.cd, s.cs = table(n, m), table(n, m, -1)
    s.absent, s.absent_before, s.taken = list(range(n)), [], []
    s.mark, s.stamp, s.token, s.rounds = [0] * m, 0, 0, 0
    s.best_seq, s.best_pk = [[] for _ in range(m)], table(m, p.d * p.kinds)
    s.cost = s.best_cost = 0.0
    s.chance = random.Random(seed).random
    for e in range(m):
        refresh(p, s, e, e)
    settle(p, s)
    return s


def fill(p: Model, s: State, routes: Table, picks: Table) -> bool:
    """Put whole routes with what they pick into an empty plan; False when one breaks a rule of
    time (then `s` is spoilt)."""
    for e, nodes in enumerate(routes):
        r = s.row[e]
        s.seq[r][1 : len(nodes) + 1] = nodes
        s.ln[r] = len(nodes)
        for x in nodes:
            if x < p.n:
                s.where[x] = e
        if p.kinds and nodes:
            s.pk[r][:] = picks[e]
            take_again(p, s, r)
        if refresh(p, s, r, e) != 0:
            return False
    settle(p, s)
    return True


def adopt(p: Model, s: State, routes: Table) -> None:
    """Put routes of another day into an empty plan, leaving out what does not fit now."""
    for e, nodes in enumerate(routes):
        r = s.row[e]
        kept = [x for x in nodes if x >= p.n or (e in p.able[x] and s.where[x] < 0)]
        s.seq[r][1 : len(kept) + 1] = kept
        s.ln[r] = len(kept)
        for x in kept:
            if x < p.n:
                s.where[x] = e
        close_up(p, s, e)
    settle(p, s)


def settle(p: Model, s: State) -> None:
    """Count the cost anew, and take the present plan as the one to go back to and the best."""
    for e in s.touched:
        s.spare.append(s.old[e])
        s.old[e] = -1
    s.touched.clear()
    s.taken.clear()
    s.absent = [j for j in range(p.n) if s.where[j] < 0]
    recount(p, s)
    save_best(p, s)


def recount(p: Model, s: State) -> None:
    """Add up the cost anew, so that rounding errors do not grow."""
    s.cost = sum(s.tc[r] + s.lc[r] for r in s.row) + sum(p.undone[j] for j in s.absent)
