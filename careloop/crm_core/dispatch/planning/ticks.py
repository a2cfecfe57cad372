"""Minutes to whole ticks, small enough that nothing given is rounded."""

from __future__ import annotations

from typing import Any

import numpy as np

from careloop.crm_core.dispatch.planning.arrays import Numbers
from careloop.crm_core.dispatch.planning.schemas import Pin, PlanLine
from careloop.crm_core.dispatch.planning.travel import TravelTimes

_DECIMALS = 6


class Clock:
    """Minutes to whole ticks; exact up to six decimals, beyond that on the safe side."""

    def __init__(self, ticks: int, exact: bool) -> None:
        self.ticks = ticks
        """Ticks of a minute."""
        self._exact = exact

    def __call__(self, minutes: float, side: int) -> int:
        """The ticks of that time: the nearest, or where it lies between two, with `side` 1 the
        later, with -1 the earlier."""
        value = minutes * self.ticks
        nearest = round(value)
        if self._exact or side == 0 or abs(value - nearest) < 1e-6:
            return nearest
        return int(np.ceil(value) if side > 0 else np.floor(value))


def clock_of(line: PlanLine, pins: dict[Any, Pin], times: TravelTimes) -> Clock:
    """The coarsest clock that shows every minute of the day, but at most six decimals of it."""
    given = [job.duration for job in line.jobs]
    given += [job.sla_due for job in line.jobs if job.sla_due is not None]
    given += [edge for job in line.jobs if job.window for edge in job.window]
    given += [edge for pin in pins.values() if pin.start for edge in pin.start]
    given += [depot.service_min for depot in line.depots]
    for engineer in line.engineers:
        given += [engineer.start, engineer.end]
        for pause in engineer.breaks:
            given += [pause.minutes, *pause.window]
    numbers = np.array(given, dtype=np.float64)
    if not times.whole:
        numbers = np.concatenate([numbers, times.minutes.ravel()])
    ticks = 1
    for _ in range(_DECIMALS + 1):
        scaled = numbers * ticks
        if bool(np.all(np.abs(scaled - np.rint(scaled)) < 1e-6)):
            return Clock(ticks, True)
        ticks *= 10
    return Clock(ticks // 10, False)


def ticked(times: TravelTimes, ticks: int) -> Numbers:
    """Travel in whole ticks; what lies between two is the longer."""
    scaled: Numbers = times.minutes * ticks
    if not times.whole:
        nearest = np.rint(scaled)
        scaled = np.where(np.abs(scaled - nearest) < 1e-6, nearest, np.ceil(scaled))
    return scaled
