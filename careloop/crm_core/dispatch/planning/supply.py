"""Parts: what the van holds, what a depot can still give, and where a job may stand for it.

Whatever has been picked serves all later jobs of the route, so a route is supplied when at each
stop the van and all depots passed so far can cover what has been used up to there.
"""

from __future__ import annotations

from careloop.crm_core.dispatch.planning.arrays import Model, Row, State


def supplied_from(p: Model, s: State, j: int, r: int, e: int, k: int) -> int:
    """The first position of row `r` behind which job `j` has its parts, given a visit to depot `k`
    before it (-1: none); beyond the last position when there is none."""
    n, kinds = p.n, p.kinds
    seq = s.seq[r]
    L = s.ln[r]
    first = 0
    for kind in p.needs[j]:
        need = p.q[j][kind]
        have = p.van[e][kind]
        more = 0
        extra = k
        if k >= 0:
            more = s.rem[k][kind] + s.pk[r][k * kinds + kind]
        if have + more < need and first < 1:
            first = 1
        for i in range(1, L + 1):
            x = seq[i]
            if x >= n:
                depot = x - n
                if depot == extra:
                    # From here on the visit that stands here would have brought the same.
                    have += more
                    more = 0
                    extra = -1
                else:
                    if x not in seq[1:i]:
                        have += s.rem[depot][kind] + s.pk[r][depot * kinds + kind]
            else:
                have -= p.q[x][kind]
            if have + more < need and first <= i:
                first = i + 1
        if first > L:
            return L + 1
    return first


def allot(p: Model, s: State, r: int, e: int) -> int:
    """Give back what row `r` picks, then pick anew what its stops need; the van's own parts first.

    Returns 0, or the position of a job whose parts cannot be had.
    """
    n, kinds = p.n, p.kinds
    seq, pk, rem = s.seq[r], s.pk[r], s.rem
    L = s.ln[r]
    before = pk[:]
    give_back(p, s, r)
    left = p.van[e][:]
    short = 0
    for i in range(1, L + 1):
        x = seq[i]
        if x >= n:
            continue
        for kind in p.needs[x]:
            need = p.q[x][kind]
            if left[kind] >= need:
                left[kind] -= need
                continue
            need -= left[kind]
            left[kind] = 0
            for at in range(i - 1, 0, -1):
                depot = seq[at] - n
                if depot < 0:
                    continue
                amount = min(need, rem[depot][kind])
                if amount > 0:
                    rem[depot][kind] -= amount
                    pk[depot * kinds + kind] += amount
                    need -= amount
                if need == 0:
                    break
            if need > 0:
                short = i
        if short:
            break
    if pk != before:
        _tell_others(p, s, before, pk)
    return short


def _tell_others(p: Model, s: State, before: Row, pk: Row) -> None:
    """A new version for each kind of which a depot now covers another part of what one job wants.

    As long as a depot holds more than any job wants, how much more changes no price.
    """
    kinds = p.kinds
    for at, amount in enumerate(pk):
        if amount != before[at]:
            kind = at % kinds
            now = s.rem[at // kinds][kind]
            if min(now, now + amount - before[at]) < p.most[kind]:
                s.token += 1
                s.kver[kind] = s.token


def give_back(p: Model, s: State, r: int) -> None:
    """Put what row `r` picks back into the depots."""
    kinds = p.kinds
    pk = s.pk[r]
    for at, amount in enumerate(pk):
        if amount:
            s.rem[at // kinds][at % kinds] += amount
            pk[at] = 0


def take_again(p: Model, s: State, r: int) -> None:
    """Take from the depots what row `r` says it picks (after going back to it)."""
    kinds = p.kinds
    for at, amount in enumerate(s.pk[r]):
        if amount:
            s.rem[at // kinds][at % kinds] -= amount


def drop_idle_depots(p: Model, s: State, r: int) -> int:
    """Take visits out of row `r` that bring nothing, or come again; returns how many."""
    n, kinds = p.n, p.kinds
    L = s.ln[r]
    kept: list[int] = []
    for x in s.seq[r][1 : L + 1]:
        if x >= n:
            picks = s.pk[r][(x - n) * kinds : (x - n + 1) * kinds]
            if x in kept or not any(picks):
                continue
        kept.append(x)
    s.seq[r][1 : len(kept) + 1] = kept
    s.ln[r] = len(kept)
    return L - len(kept)
