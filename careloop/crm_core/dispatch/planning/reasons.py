"""Why a job is left undone: the first of these that holds."""

from __future__ import annotations

from time import perf_counter

from careloop.crm_core.dispatch.planning.arrays import NEVER, Model, State
from careloop.crm_core.dispatch.planning.layout import Day
from careloop.crm_core.dispatch.planning.placing import price
from careloop.crm_core.dispatch.planning.schemas import Reason, Unserved
from careloop.crm_core.dispatch.planning.state import empty


def explain(day: Day, s: State, absent: list[int], until: float) -> list[Unserved]:
    """A reason for each job left undone; where time runs out, that others come before it."""
    nobody = empty(day.model, day.stock, 0) if absent else s
    found = []
    for j in absent:
        if perf_counter() > until:
            code, detail = _by_ability(day, j) or ("no_room", "others come before it")
        else:
            code, detail = _by_ability(day, j) or _alone(day, nobody, j) or _beside(day, s, j)
        found.append(Unserved(job=day.line.jobs[j].id, reason=code, detail=detail))
    return found


Why = tuple[Reason, str]


def _by_ability(day: Day, j: int) -> Why | None:
    job, engineers = day.line.jobs[j], day.line.engineers
    if not engineers:
        return "no_engineers", "there are no engineers"
    if day.model.able[j]:
        return None
    skilled = [who for who in engineers if job.skill is None or job.skill in who.skills]
    if not skilled:
        return "no_skill", f"no engineer has the skill {job.skill}"
    if not any(who.level >= job.level for who in skilled):
        return "no_level", f"no engineer with that skill has level {job.level:g}"
    return "parts", "no van and no depot that an able engineer may use holds its parts"


def _alone(day: Day, nobody: State, j: int) -> Why | None:
    """What is wrong even when an engineer does nothing else."""
    p = day.model
    least = min(price(p, nobody, j, e) for e in p.able[j])
    if least >= p.undone[j]:
        if least < NEVER:
            return "too_costly", (
                f"it would cost {least:g} by itself and {p.undone[j]:g} when left undone"
            )
        return _what_forbids(p, j)
    return None


def _what_forbids(p: Model, j: int) -> Why:
    in_time = in_shift = False
    for e in p.able[j]:
        arrive = p.s0[e] + p.T[p.home[e]][j]
        start = max(arrive, p.w0[j])
        if arrive <= p.w1[j]:
            in_time = True
            if start + p.dur[j] + p.T[j][p.back[e]] <= p.s1[e] and p.breaks[e] == 0:
                in_shift = True
    if in_shift:
        return "parts", "there is no time to fetch its parts before it"
    if in_time:
        return "shift", "no able engineer would be back by the end of the shift"
    return "window", "no able engineer can be there within its window"


def _beside(day: Day, s: State, j: int) -> Why:
    """What is wrong beside the other jobs of this plan."""
    p = day.model
    least = min(price(p, s, j, e) for e in p.able[j])
    if least < NEVER:
        return "too_costly", (
            f"it would cost {least:g} in this plan and {p.undone[j]:g} when left undone"
        )
    if p.needs[j] and any(_used_up(p, s, j, kind) for kind in p.needs[j]):
        return "parts", "other jobs take what the depots had of its parts"
    return "no_room", "the able engineers have no time for it beside their other jobs"


def _used_up(p: Model, s: State, j: int, kind: int) -> bool:
    """Whether no able engineer could have enough of that part, as the others have it now."""
    free = sum(row[kind] for row in s.rem)
    for e in p.able[j]:
        r = s.row[e]
        used = sum(p.q[x][kind] for x in s.seq[r][1 : s.ln[r] + 1] if x < p.n)
        picked = sum(s.pk[r][depot * p.kinds + kind] for depot in range(p.d))
        if p.van[e][kind] + picked - used + free >= p.q[j][kind]:
            return False
    return True
