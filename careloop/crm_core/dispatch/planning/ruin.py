"""Taking jobs out: strings of neighbouring routes around a place, or a whole route.

The choice of strings follows Christiaens and Vanden Berghe, Slack Induction by String Removals
(Transportation Science 54, 2020).
"""

from __future__ import annotations

from careloop.crm_core.dispatch.planning.arrays import Model, State
from careloop.crm_core.dispatch.planning.clockwork import refresh
from careloop.crm_core.dispatch.planning.placing import own_copy
from careloop.crm_core.dispatch.planning.supply import allot, drop_idle_depots

STRING = 10
"""Longest string."""
SPLIT = 0.5
"""How often a string keeps some of its jobs in place."""


def take_out(s: State, j: int) -> None:
    """Mark job `j` as taken from its route; the row itself is closed up by `close_up`."""
    s.taken.append((j, s.where[j]))
    s.where[j] = -1


def close_up(p: Model, s: State, e: int) -> None:
    """Take marked jobs out of the row of `e`, and whatever no longer fits without them.

    Where the way round is shorter than the straight one, less work may fit worse: then more jobs
    are taken out until the rest keeps the rules.
    """
    n = p.n
    r = s.row[e]
    seq = s.seq[r]
    where = s.where
    while True:
        kept = [x for x in seq[1 : s.ln[r] + 1] if x >= n or where[x] == e]
        seq[1 : len(kept) + 1] = kept
        s.ln[r] = len(kept)
        wrong = 0
        if p.kinds:
            wrong = allot(p, s, r, e)
            if wrong == 0 and drop_idle_depots(p, s, r) > 0:
                wrong = allot(p, s, r, e)
        wrong = refresh(p, s, r, e) if wrong == 0 else wrong
        if wrong == 0:
            return
        jobs = [x for x in seq[1 : s.ln[r] + 1] if x < n]
        ahead = [x for x in seq[1 : min(wrong, s.ln[r]) + 1] if x < n]
        if not jobs:
            s.ln[r] = 0
        else:
            take_out(s, (ahead or jobs)[-1])


def strings(p: Model, s: State, seed: int, mean: float) -> None:
    """Take out about `mean` jobs in strings of the routes that pass near job `seed`."""
    ln, row = s.ln, s.row
    routes = sum(1 for r in row if ln[r])
    if not routes:
        return
    longest = min(float(STRING), (p.n - len(s.absent)) / routes)
    most = 4.0 * mean / (1.0 + longest) - 1.0
    count = int(s.chance() * most + 1.0)
    where, old = s.where, s.old
    for j in (seed, *p.near[seed]):
        e = where[j]
        if e < 0 or old[e] >= 0:
            continue
        _string(p, s, j, e, longest)
        count -= 1
        if count <= 0:
            return


def _string(p: Model, s: State, j: int, e: int, longest: float) -> None:
    """Take one string that holds job `j` out of the route of `e`."""
    r = own_copy(p, s, e)
    seq = s.seq[r]
    L = s.ln[r]
    chance = s.chance
    length = min(L, int(chance() * min(float(L), longest) + 1.0))
    position = seq.index(j, 1, L + 1)
    keep = 0
    if 1 < length < L and chance() < SPLIT:
        keep = 1
        while length + keep < L and chance() > 0.5:
            keep += 1
    span = length + keep
    low = max(1, position - span + 1)
    high = min(position, L - span + 1)
    first = low + int(chance() * (high - low + 1))
    hole = first + int(chance() * (length + 1)) if keep else L + 1
    for i in range(first, first + span):
        if hole <= i < hole + keep:
            continue
        if seq[i] < p.n:
            take_out(s, seq[i])
    close_up(p, s, e)


def whole_route(p: Model, s: State, e: int) -> None:
    """Take everything out of the route of `e`."""
    r = own_copy(p, s, e)
    for x in s.seq[r][1 : s.ln[r] + 1]:
        if x < p.n:
            take_out(s, x)
    close_up(p, s, e)
