"""Who may do what, and which engineers are exchangeable."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from careloop.crm_core.dispatch.planning.holdings import Holdings
from careloop.crm_core.dispatch.planning.schemas import Engineer, Job, Pin, PlanLine
from careloop.crm_core.dispatch.planning.travel import TravelTimes


def able(engineer: Engineer, job: Job) -> bool:
    """Whether skill and level suffice."""
    return (job.skill is None or job.skill in engineer.skills) and engineer.level >= job.level


def able_for_each(line: PlanLine, pins: dict[Any, Pin], supplies: Holdings) -> list[list[int]]:
    """The engineers who may do each job; jobs that ask for the same share one list."""
    able_for: list[list[int]] = []
    of_kind: dict[tuple[str | None, float], list[int]] = {}
    for j, job in enumerate(line.jobs):
        pin = pins.get(job.id)
        if pin is not None and pin.engineer is not None:
            found = [e for e, who in enumerate(line.engineers) if who.id == pin.engineer]
        else:
            key = (job.skill, job.level)
            if key not in of_kind:
                of_kind[key] = [e for e, who in enumerate(line.engineers) if able(who, job)]
            found = of_kind[key]
        if job.parts:
            found = [e for e in found if supplies.within_reach(j, e)]
        able_for.append(found)
    return able_for


def breaks_of(engineer: Engineer) -> list[Any]:
    """The breaks that fall into the shift, in their order."""
    found = [pause for pause in engineer.breaks
             if pause.minutes > 0 and pause.window[1] >= engineer.start
             and pause.window[0] < engineer.end]  # fmt: skip
    return sorted(found, key=lambda pause: (pause.window[0], pause.window[1]))


def alike(line: PlanLine, times: TravelTimes, stays: dict[Any, Any]) -> list[int]:
    """Engineers with the same number do the same at the same cost while they are idle."""
    start = len(line.jobs) + len(line.depots)
    home = set(stays.values())
    numbers: dict[Hashable, int] = {}
    found = []
    for e, engineer in enumerate(line.engineers):
        key = (
            times.keys[start + e], times.keys[times.back[e]], engineer.start, engineer.end,
            tuple(sorted(set(engineer.skills))), engineer.level, engineer.depot,
            tuple(sorted(engineer.van.items())),
            tuple((pause.minutes, *pause.window) for pause in engineer.breaks),
            engineer.id if engineer.id in home else None,
        )  # fmt: skip
        found.append(numbers.setdefault(key, len(numbers)))
    return found


def moving_costs(line: PlanLine, stays: dict[Any, Any], move_cost: float) -> list[list[float]]:
    """What giving each job to each engineer costs besides: `move_cost` with another than now."""
    return [
        [
            move_cost if job.id in stays and stays[job.id] != engineer.id else 0.0
            for engineer in line.engineers
        ] or [0.0]
        for job in line.jobs
    ] or [[0.0]]  # fmt: skip
