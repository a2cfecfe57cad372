"""Take jobs out, put them back better, keep the change or go back: simulated annealing."""

from __future__ import annotations

import math

from careloop.crm_core.dispatch.planning.arrays import Model, State
from careloop.crm_core.dispatch.planning.placing import price, put, stock_version
from careloop.crm_core.dispatch.planning.ruin import strings, whole_route
from careloop.crm_core.dispatch.planning.supply import give_back, take_again

BLINK = 0.01
"""How often a route is overlooked, so that the same jobs do not always go the same way."""
MANY = 40
"""At most so many jobs left undone are tried again in one round."""
WHOLE = 0.03
"""How often a whole route is emptied."""


def anneal(p: Model, s: State, rounds: int, hot: float, cold: float, mean: float) -> None:
    """`rounds` rounds while the temperature falls from `hot` to `cold`; the best is kept.

    `mean` is how many jobs a round takes out.
    """
    heat = hot
    falls = (cold / hot) ** (1.0 / rounds)
    chance = s.chance
    for _ in range(rounds):
        s.absent_before = s.absent[:]
        if p.kinds:
            s.kver_before = s.kver[:]
        j = int(chance() * p.n)
        if chance() < WHOLE and s.where[j] >= 0:
            whole_route(p, s, s.where[j])
            strings(p, s, j, mean * 0.5)
        else:
            strings(p, s, j, mean)
        _put_back(p, s)
        change = _change(p, s)
        s.rounds += 1
        if change < -heat * math.log(1.0 - chance()):
            _keep(p, s, change)
        else:
            _go_back(p, s)
        heat *= falls


def _change(p: Model, s: State) -> float:
    """By how much the cost has changed in this round."""
    tc, lc = s.tc, s.lc
    change = 0.0
    for e in s.touched:
        new, old = s.row[e], s.old[e]
        change += tc[new] + lc[new] - tc[old] - lc[old]
    undone = p.undone
    change += sum([undone[j] for j in s.absent])
    return change - sum([undone[j] for j in s.absent_before])


def _keep(p: Model, s: State, change: float) -> None:
    for e in s.touched:
        s.spare.append(s.old[e])
        s.old[e] = -1
    s.touched.clear()
    s.taken.clear()
    s.cost += change
    if s.cost < s.best_cost - 1e-7:
        save_best(p, s)


def save_best(p: Model, s: State) -> None:
    """Keep the present plan as the best."""
    s.best_cost = s.cost
    for e in range(p.m):
        r = s.row[e]
        s.best_seq[e] = s.seq[r][1 : s.ln[r] + 1]
        if p.kinds:
            s.best_pk[e] = s.pk[r][:]


def _go_back(p: Model, s: State) -> None:
    if p.kinds:
        for e in s.touched:
            give_back(p, s, s.row[e])
    for e in s.touched:
        s.spare.append(s.row[e])
        s.row[e] = s.old[e]
        s.old[e] = -1
    if p.kinds:
        for e in s.touched:
            take_again(p, s, s.row[e])
        s.kver = s.kver_before
    s.absent = s.absent_before
    for j in s.absent:
        s.where[j] = -1
    # Backwards: a job taken out twice goes to where it stood first.
    for j, e in reversed(s.taken):
        s.where[j] = e
    s.touched.clear()
    s.taken.clear()


def _put_back(p: Model, s: State) -> None:
    """Put what was taken, and what was left undone before, into the plan, in a chosen order."""
    pool = [j for j, _ in s.taken]
    left: list[int] = []
    if len(s.absent) <= MANY:
        pool += s.absent
    else:
        share = MANY / len(s.absent)
        for j in s.absent:
            (pool if s.chance() < share else left).append(j)
    choice = int(s.chance() * (len(p.order) + 3))
    if choice < len(p.order):
        pool.sort(key=p.order[choice].__getitem__)
    else:
        _shuffle(s, pool)
    for j in pool:
        e = _cheapest(p, s, j)
        if e >= 0:
            put(p, s, j, e)
        else:
            left.append(j)
    s.absent = left


def _shuffle(s: State, pool: list[int]) -> None:
    keys = {j: s.chance() for j in pool}
    pool.sort(key=keys.__getitem__)


def _cheapest(p: Model, s: State, j: int) -> int:
    """The engineer with whom job `j` costs least, less than leaving it undone; -1 if none."""
    row, ln, ver, mark, chance = s.row, s.ln, s.ver, s.mark, s.chance
    cc, cv, cs, cp = s.cc[j], s.cv[j], s.cs[j], s.cp[j]
    alike = p.alike
    s.stamp += 1
    stamp = s.stamp
    stock = stock_version(p, s, j) if p.scarce and p.needs[j] else 0
    best = p.undone[j]
    chosen = -1
    unknown = []
    for e in p.able[j]:
        r = row[e]
        if not ln[r]:
            kind = alike[e]
            if mark[kind] == stamp:
                continue
            mark[kind] = stamp
        if cv[e] == ver[r] and (cs[e] < 0 or cs[e] == stock):
            cost = cc[e]
            if cost < best:
                if cp[e] < 0:
                    unknown.append(e)
                elif chance() >= BLINK:
                    best = cost
                    chosen = e
        else:
            unknown.append(e)
    for e in unknown:
        if chance() < BLINK:
            continue
        cost = price(p, s, j, e, best)
        if cost < best:
            best = cost
            chosen = e
    return chosen
