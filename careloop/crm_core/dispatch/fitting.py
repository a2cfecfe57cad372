"""Whether one engineer may do one job at one time: the hard rules alone, for many jobs in a row."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime

import numpy as np

from careloop.crm_core.dispatch.needs import Needed
from careloop.crm_core.dispatch.reasons import said
from careloop.crm_core.dispatch.schemas import Reason
from careloop.crm_core.dispatch.snapshot import Snapshot
from careloop.kit.clock import iso


def hindered(
    held: Snapshot, needed: Needed, at: int, start: float, end: float, but: Collection[str] = (),
) -> list[Reason]:  # fmt: skip
    """What forbids it; visits whose ids are in `but` are in nobody's way. Minutes since 1970."""
    person = held.roster.people[at]
    day = int((start + held.roster.offsets(start)[at]) // 1440) + date(1970, 1, 1).toordinal()
    found = unable(held, needed, at, day)
    if any(start < until and end > since for since, until in person.absences):
        found.append(said("absent", "hard", engineer=person.code))
    every = held.visits
    hits = np.flatnonzero(
        (every.engineer == at) & (every.start < end - 0.5) & (every.end > start + 0.5)
    )
    for slot in hits:
        visit = every.at(int(slot))
        if visit.id not in but:
            span = {"from": _time(visit.start), "until": _time(visit.end)}
            found.append(
                said("overlap", "hard", engineer=person.code, work_order=visit.number, **span)
            )
            break
    return found


def unable(held: Snapshot, needed: Needed, at: int, day: int) -> list[Reason]:
    """What an engineer lacks for a job on a local day, whatever the hour."""
    roster, person = held.roster, held.roster.people[at]
    found = []
    code = person.code
    if not roster.active[at]:
        found.append(said("inactive", "hard", engineer=code))
    if code in needed.excluded:
        found.append(said("excluded", "hard", engineer=code))
    if roster.level[at] < needed.level:
        told = f"{int(roster.level[at])} of {needed.level}"
        found.append(said("level", "hard", engineer=code, levels=told))
    for name, one in needed.skills.items():
        has, until = int(roster.skill(name)[at]), int(roster.paper(name)[at])
        if not has:
            found.append(said("skill", "hard", engineer=code, skills=name))
        elif one.level and has < one.level:
            told = f"{name} {has} of {one.level}"
            found.append(said("level", "hard", engineer=code, levels=told))
        elif one.certified and not until:
            found.append(said("certificate_missing", "hard", engineer=code, skills=name))
        elif one.certified and until < day:
            last = date.fromordinal(until).isoformat()
            found.append(
                said("certificate_expired", "hard", engineer=code, skills=name, until=last)
            )
    return found


def _time(minutes: float) -> str:
    return iso(datetime.fromtimestamp(round(float(minutes)) * 60, UTC))
