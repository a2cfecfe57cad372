"""Prices of all jobs with all engineers, kept as one table while a plan grows.

A column is worked out only when that route has changed, for all waiting jobs and all places of the
route at once; where parts or breaks are concerned, job by job. The prices are those of
`placing.price`.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

import numpy as np
from numpy.typing import NDArray

from careloop.crm_core.dispatch.planning.arrays import Model, Numbers, State, twin
from careloop.crm_core.dispatch.planning.placing import price, put, stock_version

Indexes = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Board:
    """For each of `jobs`: the cheapest engineer, that cost, and the next engineer's.

    Costs are at most those of leaving the job undone (then there is no engineer). None of `jobs` is
    pinned to somebody, so that of the idle engineers who are alike one speaks for all.
    """

    def __init__(self, p: Model, s: State, jobs: Sequence[int]) -> None:
        self._p, self._s = p, s
        self.jobs: Indexes = np.array(jobs, dtype=np.int64)
        n, m = p.n, p.m
        self._low, self._high, self._work, self._due = (
            np.array(row[:n], dtype=np.float64) for row in (p.w0, p.w1, p.dur, p.due)
        )
        self._late, self._undone = np.array(p.late), np.array(p.undone)
        self._extra = np.array(p.extra) if any(map(any, p.extra)) else None
        self._able = _able(p)
        self._alone: Flags = np.array([bool(needs) for needs in p.needs], dtype=np.bool_)
        self._cost: Numbers = np.full((n, m), np.inf)
        self._place: Indexes = np.full((n, m), -1)
        self._speaker: dict[int, int] = {}
        for e in range(m):
            self._column(e)
        self.least, self.next = self._undone.copy(), self._undone.copy()
        self.engineer: Indexes = np.full(n, -1)
        self._rank(self.jobs)

    def twin(self) -> Board:
        """The same board for the same plan; what happens to one does not touch the other."""
        other = copy(self)
        other._s = twin(self._s)
        other._speaker = dict(self._speaker)
        for name in ("_cost", "_place", "least", "next", "engineer"):
            setattr(other, name, getattr(self, name).copy())
        return other

    @property
    def plan(self) -> State:
        """The plan that grows."""
        return self._s

    def place(self, j: int) -> None:
        """Put job `j` with its cheapest engineer; prices follow."""
        p, s = self._p, self._s
        e = int(self.engineer[j])
        if not (self._alone[j] or p.breaks[e]):
            s.cp[j][e], s.ck[j][e] = int(self._place[j, e]), -1
        stock = s.kver[:]
        put(p, s, j, e)
        self.jobs = self.jobs[self.jobs != j]
        if self.jobs.size:
            self._changed(e)
            if s.kver != stock:
                self._restock([kind for kind in range(p.kinds) if s.kver[kind] != stock[kind]])

    def _changed(self, e: int) -> None:
        """The route of `e` is another one now."""
        before = self._cost[self.jobs, e]
        self._column(e)
        after = self._cost[self.jobs, e]
        known = self.next[self.jobs]
        concerned = (self.engineer[self.jobs] == e) | (before <= known) | (after < known)
        kind = self._p.alike[e]
        if self._speaker.get(kind) == e:
            del self._speaker[kind]
            other = self._next_idle(kind)
            if other >= 0:
                self._column(other)
                concerned |= self._cost[self.jobs, other] < known
        self._rank(self.jobs[concerned])

    def _restock(self, kinds: Sequence[int]) -> None:
        """What depots can give of these kinds has changed."""
        p, s = self._p, self._s
        for j in self.jobs[self._alone[self.jobs]].tolist():
            if any(kind in kinds for kind in p.needs[j]):
                now = stock_version(p, s, j)
                for e in p.able[j]:
                    if 0 <= s.cs[j][e] != now:
                        self._one(j, e)
                self._rank(np.array([j]))

    def _next_idle(self, kind: int) -> int:
        p, s = self._p, self._s
        return next((e for e in range(p.m) if p.alike[e] == kind and not s.ln[s.row[e]]), -1)

    def _column(self, e: int) -> None:
        """Price all waiting jobs with `e`; an idle engineer only if first of those alike."""
        p, s = self._p, self._s
        if not s.ln[s.row[e]] and self._speaker.setdefault(p.alike[e], e) != e:
            return
        self._cost[self.jobs, e] = np.inf
        jobs = self.jobs[self._able[self.jobs, e]]
        if not jobs.size:
            return
        single = np.ones(jobs.size, dtype=np.bool_) if p.breaks[e] else self._alone[jobs]
        together = jobs[~single]
        if together.size:
            cost = self._places(e, together, True)
            at = cost.argmin(axis=0)
            self._place[together, e] = at
            self._cost[together, e] = cost[at, np.arange(together.size)]
        if together.size < jobs.size:
            self._singly(e, jobs[single])

    def _singly(self, e: int, jobs: Indexes) -> None:
        """Breaks and ways to a depot are walked through one by one, where windows and shift do not
        forbid the job already."""
        least = self._places(e, jobs, False).min(axis=0)
        for j in jobs[np.isfinite(least)].tolist():
            self._one(j, e)

    def _one(self, j: int, e: int) -> None:
        undone = self._p.undone[j]
        cost = price(self._p, self._s, j, e, undone)
        self._cost[j, e] = cost if cost < undone else np.inf

    def _places(self, e: int, jobs: Indexes, lateness: bool) -> Numbers:
        """What each job costs behind each position of the route of `e`; infinite: cannot be."""
        p, s = self._p, self._s
        r = s.row[e]
        L = s.ln[r]
        nodes = np.array(s.seq[r][: L + 2])
        a, b = nodes[:-1, None], nodes[1:, None]
        leaves = np.array(s.dep[r][: L + 1], dtype=np.float64)[:, None]
        latest = np.array(s.la[r][1 : L + 2], dtype=np.float64)[:, None]
        begin = leaves + p.times[a, jobs]
        possible = begin <= self._high[jobs]
        np.maximum(begin, self._low[jobs], out=begin)
        after = begin + self._work[jobs] + p.times[jobs, b]
        possible &= after <= latest
        cost: Numbers = p.costs[a, jobs] + p.costs[jobs, b]
        if L:
            cost -= p.costs[a, b]
        if self._extra is not None:
            cost += self._extra[jobs, e]
        if lateness:
            cost += self._late[jobs] * np.maximum(0.0, begin - self._due[jobs])
            free = np.array(s.fr[r][1 : L + 2], dtype=np.float64)[:, None]
            pushed = np.flatnonzero((possible & (after > free)).any(axis=0))
            if pushed.size:
                cost[:, pushed] += self._delays(r, after[:, pushed])
        cost[~possible] = np.inf
        return cost

    def _delays(self, r: int, after: Numbers) -> Numbers:
        """More lateness of the stops behind each position when the next is reached at `after`."""
        p, s = self._p, self._s
        seq, dep = s.seq[r], s.dep[r]
        more = np.zeros_like(after)
        t = after.copy()
        for i in range(1, s.ln[r] + 1):
            x = seq[i]
            begin = np.maximum(t[:i], p.w0[x])
            if x < p.n and p.late[x] > 0.0:
                known = max(dep[i] - p.dur[x], p.due[x])
                more[:i] += p.late[x] * np.maximum(0.0, begin - known)
            t[:i] = begin + (p.dur[x] + p.T[x][seq[i + 1]])
        return more

    def _rank(self, jobs: Indexes) -> None:
        """Look anew for the cheapest and the next engineer of these jobs."""
        if not jobs.size or not self._p.m:
            return
        cost = self._cost[jobs]
        who = cost.argmin(axis=1)
        here = np.arange(jobs.size)
        undone = self._undone[jobs]
        least = cost[here, who]
        cost[here, who] = np.inf
        self.engineer[jobs] = np.where(least < undone, who, -1)
        self.least[jobs] = np.minimum(least, undone)
        self.next[jobs] = np.minimum(cost.min(axis=1), undone)


def _able(p: Model) -> Flags:
    """Who may do which job; jobs that ask for the same share one list."""
    found = np.zeros((p.n, p.m), dtype=np.bool_)
    rows: dict[int, Flags] = {}
    for j, engineers in enumerate(p.able):
        row = rows.get(id(engineers))
        if row is None:
            row = np.zeros(p.m, dtype=np.bool_)
            row[engineers] = True
            rows[id(engineers)] = row
        found[j] = row
    return found
