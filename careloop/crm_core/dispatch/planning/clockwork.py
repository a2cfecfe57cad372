"""Times of a route: earliest starts, room for delay, and what lateness costs."""

from __future__ import annotations

from careloop.crm_core.dispatch.planning.arrays import FAR, Model, State


def refresh(p: Model, s: State, r: int, e: int) -> int:
    """Work out row `r` of engineer `e` anew.

    Returns 0 when it keeps every rule of time, else the position that breaks one.
    """
    T, C, dur, w0, w1, due, late = p.T, p.C, p.dur, p.w0, p.w1, p.due, p.late
    seq, dep, la, fr = s.seq[r], s.dep[r], s.la[r], s.fr[r]
    L = s.ln[r]
    s.token += 1
    s.ver[r] = s.token
    n = p.n
    t = p.s0[e]
    last = p.home[e]
    seq[0] = last
    dep[0] = t
    s.tc[r] = 0.0
    s.lc[r] = 0.0
    if L == 0:
        seq[1] = p.back[e]
        la[1] = p.s1[e]
        fr[1] = p.s1[e]
        return 0
    wrong = 0
    travel = 0.0
    lateness = 0.0
    for i in range(1, L + 1):
        x = seq[i]
        t += T[last][x]
        travel += C[last][x]
        if t < w0[x]:
            t = w0[x]
        if t > w1[x] and wrong == 0:
            wrong = i
        if x < n:
            travel += p.extra[x][e]
            if t > due[x]:
                lateness += late[x] * (t - due[x])
        t += dur[x]
        dep[i] = t
        last = x
    x = p.back[e]
    seq[L + 1] = x
    travel += C[last][x]
    if t + T[last][x] > p.s1[e] and wrong == 0:
        wrong = L + 1
    if p.breaks[e] > 0 and wrong == 0:
        lateness = walk(p, s, e, r, -1, -1, -1, -1)
        if lateness < 0.0:
            wrong = L
            lateness = 0.0
    s.tc[r] = travel
    s.lc[r] = lateness
    _find_room(p, s, r, e)
    return wrong


def _find_room(p: Model, s: State, r: int, e: int) -> None:
    """How late each stop may be reached, from the end of the shift backwards."""
    T, dur, w1, due, late, n = p.T, p.dur, p.w1, p.due, p.late, p.n
    seq, dep, la, fr = s.seq[r], s.dep[r], s.la[r], s.fr[r]
    L = s.ln[r]
    la[L + 1] = p.s1[e]
    fr[L + 1] = p.s1[e]
    for i in range(L, 0, -1):
        x = seq[i]
        gone = dur[x] + T[x][seq[i + 1]]
        a = la[i + 1] - gone
        f = fr[i + 1] - gone
        if a > w1[x]:
            a = w1[x]
        if f > a:
            f = a
        if x < n and late[x] > 0.0:
            start = dep[i] - dur[x]
            if start > due[x]:
                if f > start:
                    f = start
            elif f > due[x]:
                f = due[x]
        la[i] = a
        fr[i] = f


def delay_cost(p: Model, s: State, r: int, at: int, t: int) -> float:
    """More lateness from position `at` on when its stop is reached at `t` (which is possible)."""
    seq, dep, dur, w0, due = s.seq[r], s.dep[r], p.dur, p.w0, p.due
    more = 0.0
    n = p.n
    for i in range(at, s.ln[r] + 1):
        x = seq[i]
        if t < w0[x]:
            t = w0[x]
        before = dep[i] - dur[x]
        if t <= before:
            return more
        if x < n and t > due[x]:
            more += p.late[x] * (t - max(before, due[x]))
        t += dur[x] + p.T[x][seq[i + 1]]
    return more


def walk(p: Model, s: State, e: int, r: int, p1: int, k: int, p2: int, j: int) -> float:
    """Lateness cost of row `r` with node `k` put in behind position `p1` and then `j` behind `p2`
    (-1: nothing), breaks included; -1 when a rule of time is broken."""
    seq = s.seq[r]
    L = s.ln[r]
    n = p.n
    t = p.s0[e]
    last = p.home[e]
    lateness = 0.0
    pause = 0
    pauses = p.breaks[e]
    i = 0
    step = 0
    while True:
        # What comes next: behind position i first the depot, then the job, then the next stop.
        if step == 0 and k >= 0 and i == p1:
            x = k
            step = 1
        elif step < 2 and j >= 0 and i == p2:
            x = j
            step = 2
        else:
            i += 1
            step = 0
            x = seq[i] if i <= L else p.back[e]
        final = i > L
        low = -FAR if final else p.w0[x]
        high = p.s1[e] if final else p.w1[x]
        work = 0 if final else p.dur[x]
        travel = p.T[last][x]
        arrive = t + travel
        start = max(arrive, low)
        while pause < pauses:
            b0 = p.b0[e][pause]
            b1 = p.b1[e][pause]
            minutes = p.bm[e][pause]
            if final and arrive <= b1:
                break
            if t >= b0 or arrive > b1:
                # Open already, or it would close on the way: before leaving.
                begin = max(t, b0)
                if begin > b1:
                    return -1.0
                t = begin + minutes
                arrive = t + travel
                start = max(arrive, low)
                pause += 1
            elif arrive >= b0 or start + work > b1 or (start > arrive and start >= b0):
                # On arrival, or while waiting, or because the work would not end in time.
                t = max(arrive, b0) + minutes
                travel = 0
                arrive = t
                start = max(arrive, low)
                pause += 1
            else:
                break
        if start > high:
            return -1.0
        if final:
            return lateness
        if x < n and start > p.due[x]:
            lateness += p.late[x] * (start - p.due[x])
        t = start + work
        last = x
