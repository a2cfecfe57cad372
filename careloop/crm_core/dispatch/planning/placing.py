"""Where a job fits best into a route, and putting it there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from careloop.crm_core.dispatch.planning.arrays import NEVER, Model, State
from careloop.crm_core.dispatch.planning.clockwork import delay_cost, refresh, walk
from careloop.crm_core.dispatch.planning.supply import allot, supplied_from

WALKS = 80
"""At most so many places are walked through in full for one price."""
LONG = 20
"""In routes longer than this only the cheapest detours to a depot are looked at."""


def price(p: Model, s: State, j: int, e: int, bound: float = NEVER) -> float:
    """What it costs at least to give job `j` to engineer `e` now, if that is less than `bound`.

    Else `bound`: it costs that or more, or cannot be. What is found stands in the tables of `State`
    until the route (or, where parts are scarce, the stock) changes.
    """
    r = s.row[e]
    limit = bound - p.extra[j][e]
    s.ck[j][e] = -1
    s.cp[j][e] = -1
    s.cs[j][e] = -1
    if p.needs[j]:
        first = supplied_from(p, s, j, r, e, -1)
        if p.scarce and (first > 0 or max(s.seq[r][1 : s.ln[r] + 1], default=0) >= p.n):
            s.cs[j][e] = stock_version(p, s, j)
        cost = _alone(p, s, j, e, r, first, limit) if first <= s.ln[r] else limit
        if first > 0 and cost >= limit:
            cost = _with_depot(p, s, j, e, r, limit)
    else:
        cost = _alone(p, s, j, e, r, 0, limit)
    cost = cost + p.extra[j][e] if cost < limit else bound
    s.cc[j][e] = cost
    s.cv[j][e] = s.ver[r]
    return cost


def stock_version(p: Model, s: State, j: int) -> int:
    """Changes whenever something that job `j` needs is taken from a depot or given back."""
    kver = s.kver
    return max([kver[kind] for kind in p.needs[j]], default=0)


def _alone(p: Model, s: State, j: int, e: int, r: int, first: int, best: float) -> float:
    """The cheapest place of job `j` in row `r` behind position `first` or later, below `best`."""
    seq, dep, la = s.seq[r], s.dep[r], s.la[r]
    C = p.C
    L = s.ln[r]
    low, high, work = p.w0[j], p.w1[j], p.dur[j]
    # Before: what follows could not wait for the work. Behind: the engineer comes too late.
    begin = bisect_left(la, low + work, first + 1, L + 2) - 1
    end = bisect_right(dep, high, begin, L + 1) if begin <= L else begin
    if begin >= end:
        return best
    T = p.T
    Tj, Cj = T[j], C[j]
    place = -1
    slow = p.breaks[e] > 0
    walks = WALKS
    b = seq[begin]
    for i in range(begin, end):
        a = b
        b = seq[i + 1]
        delta = C[a][j] + Cj[b]
        if L:
            delta -= C[a][b]
        if delta >= best:
            continue
        t = dep[i] + T[a][j]
        if t > high:
            continue
        if t < low:
            t = low
        after = t + work + Tj[b]
        if after > la[i + 1]:
            continue
        if slow:
            walks -= 1
            if walks < 0:
                break
            lateness = walk(p, s, e, r, -1, -1, i, j)
            if lateness < 0.0:
                continue
            delta += lateness - s.lc[r]
        else:
            if t > p.due[j]:
                delta += p.late[j] * (t - p.due[j])
            if after > s.fr[r][i + 1] and delta < best:
                delta += delay_cost(p, s, r, i + 1, after)
        if delta < best:
            best = delta
            place = i
    s.cp[j][e] = place
    return best


def _with_depot(p: Model, s: State, j: int, e: int, r: int, best: float) -> float:
    """The cheapest way, below `best`, to pass a depot and do job `j` behind it in row `r`."""
    L = s.ln[r]
    own = p.depot[e]
    lateness_before = s.lc[r]
    for depot in range(p.d) if own < 0 else (own,):
        first = supplied_from(p, s, j, r, e, depot)
        if first > L:
            continue
        k = depot + p.n
        for delta, p1, p2 in sorted(_detours(p, s, j, k, r, first, best))[:WALKS]:
            if delta - lateness_before >= best:
                break
            lateness = walk(p, s, e, r, p1, k, p2, j)
            if lateness < 0.0:
                continue
            delta += lateness - lateness_before
            if delta < best:
                best = delta
                s.cp[j][e] = p2
                s.ck[j][e] = k
                s.cd[j][e] = p1
    return best


def _detours(
    p: Model, s: State, j: int, k: int, r: int, first: int, best: float
) -> list[tuple[float, int, int]]:
    """Travel cost of passing depot `k` behind position p1 and job `j` behind p2 >= p1, where the
    times before and after do not forbid it already."""
    seq, dep, la = s.seq[r], s.dep[r], s.la[r]
    T, C = p.T, p.C
    L = s.ln[r]
    low, high, work = p.w0[j], p.w1[j], p.dur[j]
    found = []
    start = max(first, bisect_left(la, low + work, 1, L + 2) - 1)
    end = bisect_right(dep, high, 0, L + 1)
    # Where the job could stand if the depot cost no time.
    places = []
    for p2 in range(max(1, start), end):
        x, y = seq[p2], seq[p2 + 1]
        t = dep[p2] + T[x][j]
        if t <= high and (low if t < low else t) + work + T[j][y] <= la[p2 + 1]:
            places.append((p2, C[x][j] + C[j][y] - C[x][y]))
    least = min([more for _, more in places], default=NEVER)
    # Lateness never falls by doing more, but a detour may shorten travel where the straight way
    # is not the shortest: costs below zero are kept.
    far = _cheap_detours(p, s, k, r, end) if L > LONG else None
    Tk, Ck = T[k], C[k]
    for p1 in range(end):
        a, b = seq[p1], seq[p1 + 1]
        base = C[a][b] if L else 0.0
        to = C[a][k] - base
        ready = dep[p1] + T[a][k] + p.dur[k]
        if p1 >= start:
            delta = to + Ck[j] + C[j][b]
            if delta < best:
                t = ready + Tk[j]
                if t <= high and (low if t < low else t) + work + T[j][b] <= la[p1 + 1]:
                    found.append((delta, p1, p1))
        detour = to + Ck[b]
        if detour + least >= best or ready + Tk[b] > la[p1 + 1]:
            continue
        if far is None or p1 in far:
            found += [
                (detour + more, p1, p2) for p2, more in places if p2 > p1 and detour + more < best
            ]
    return found


def _cheap_detours(p: Model, s: State, k: int, r: int, end: int) -> set[int]:
    C, seq = p.C, s.seq[r]
    cost = {i: C[seq[i]][k] + C[k][seq[i + 1]] - C[seq[i]][seq[i + 1]] for i in range(end)}
    return set(sorted(cost, key=cost.__getitem__)[:8])


def own_copy(p: Model, s: State, e: int) -> int:
    """The row of engineer `e`, made a copy that may be changed and gone back from."""
    r = s.row[e]
    if s.old[e] >= 0:
        return r
    new = s.spare.pop()
    L = s.ln[r]
    s.seq[new][: L + 2] = s.seq[r][: L + 2]
    s.ln[new] = L
    if p.kinds:
        s.pk[new][:] = s.pk[r]
    s.old[e] = r
    s.row[e] = new
    s.touched.append(e)
    return new


def put(p: Model, s: State, j: int, e: int) -> None:
    """Put job `j` where `price` found its best place with engineer `e`."""
    r = own_copy(p, s, e)
    seq = s.seq[r]
    L = s.ln[r]
    place = s.cp[j][e]
    seq[place + 2 : L + 3] = seq[place + 1 : L + 2]
    seq[place + 1] = j
    L += 1
    k = s.ck[j][e]
    if k >= 0:
        at = s.cd[j][e]
        seq[at + 2 : L + 3] = seq[at + 1 : L + 2]
        seq[at + 1] = k
        L += 1
    s.ln[r] = L
    s.where[j] = e
    if p.needs[j]:
        allot(p, s, r, e)
    refresh(p, s, r, e)
