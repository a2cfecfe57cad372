"""From the JSON to the tables of the inner loops, with every reason why a day cannot be planned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np

from careloop.crm_core.dispatch.planning.arrays import FAR, PROMISED, CostTable, Model, Table
from careloop.crm_core.dispatch.planning.eligibility import (
    able_for_each,
    alike,
    breaks_of,
    moving_costs,
)
from careloop.crm_core.dispatch.planning.errors import (
    DuplicateId,
    ReversedSpan,
    TooManyStops,
    UnknownEngineer,
    UnknownJob,
    UnknownPriority,
)
from careloop.crm_core.dispatch.planning.holdings import Holdings
from careloop.crm_core.dispatch.planning.schemas import Job, Pin, PlanLine
from careloop.crm_core.dispatch.planning.ticks import clock_of, ticked
from careloop.crm_core.dispatch.planning.travel import TravelTimes

MAX_JOBS, MAX_ENGINEERS, MAX_DEPOTS, MAX_KINDS = 2_000, 500, 100, 2_000
MAX_PAIRS, MAX_PICKS = 400_000, 2_000_000
DAY = 1440
NEIGHBOURS = 120


@dataclass
class Day:
    """A day laid out: the tables, and how their numbers map to the ids of the JSON."""

    line: PlanLine
    model: Model
    stock: list[list[int]]
    kinds: list[str]
    ticks: int
    """Ticks of a minute."""
    pins: dict[Any, Pin]
    job_at: dict[Any, int] = field(default_factory=dict)
    engineer_at: dict[Any, int] = field(default_factory=dict)
    depot_at: dict[Any, int] = field(default_factory=dict)


def lay_out(
    line: PlanLine,
    fixed: Sequence[Pin] = (),
    stays: dict[Any, Any] | None = None,
    move_cost: float = 0.0,
) -> Day:
    """The tables of a day; raises `PlanningError` naming what does not fit.

    `stays` maps jobs to the engineer they stand with: another one costs `move_cost` besides.
    """
    _within_limits(line)
    job_at = _index("job", (job.id for job in line.jobs))
    engineer_at = _index("engineer", (engineer.id for engineer in line.engineers))
    depot_at = _index("depot", (depot.id for depot in line.depots))
    pins = pins_of(line, fixed, job_at, engineer_at)
    _spans_run_forward(line)
    times = TravelTimes(line)
    to_ticks = clock_of(line, pins, times)
    ticks = to_ticks.ticks
    kinds = sorted({kind for job in line.jobs for kind, count in job.parts.items() if count})
    if len(line.engineers) * len(line.depots) * max(1, len(kinds)) > MAX_PICKS:
        raise TooManyStops("Too many kinds of parts for so many engineers and depots")
    supplies = Holdings(line, kinds, depot_at)
    n, m, d = len(line.jobs), len(line.engineers), len(line.depots)
    windows = [_window(job, pins.get(job.id)) for job in line.jobs]
    costs = [_costs(line, job, job.id in pins, ticks) for job in line.jobs]
    breaks = [breaks_of(engineer) for engineer in line.engineers]
    widest = max((len(found) for found in breaks), default=0) or 1
    travel = ticked(times, ticks)
    whole = ticks == 1 and line.weights.travel == 1
    dear = travel if whole else travel / ticks * line.weights.travel
    minutes: Table = travel.astype(np.int64).tolist()
    model = Model(
        n=n, m=m, d=d, kinds=len(kinds),
        T=minutes,
        # Whole minutes of weight 1 are their own cost; a big table is not made twice.
        C=cast(CostTable, minutes) if whole else dear.tolist(),
        times=travel,
        costs=dear,
        dur=[to_ticks(job.duration, 1) for job in line.jobs]
        + [to_ticks(depot.service_min, 1) for depot in line.depots] or [0],
        w0=[to_ticks(low, 1) for low, _ in windows] + [-FAR] * d or [0],
        w1=[to_ticks(high, -1) for _, high in windows] + [FAR] * d or [0],
        due=[FAR if job.sla_due is None else to_ticks(job.sla_due, 0) for job in line.jobs] or [0],
        late=[late for late, _ in costs] or [0.0],
        undone=[undone for _, undone in costs] or [0.0],
        home=[n + d + e for e in range(m)] or [0],
        back=times.back or [0],
        s0=[to_ticks(engineer.start, 1) for engineer in line.engineers] or [0],
        s1=[to_ticks(engineer.end, -1) for engineer in line.engineers] or [0],
        alike=alike(line, times, stays or {}) or [0],
        able=able_for_each(line, pins, supplies),
        extra=moving_costs(line, stays, move_cost) if stays else [[0.0] * max(1, m)] * max(1, n),
        q=supplies.needs or [[0]],
        needs=supplies.kinds,
        most=supplies.most(),
        van=supplies.vans or [[0]],
        depot=[-1 if engineer.depot is None else depot_at[engineer.depot]
               for engineer in line.engineers] or [-1],
        scarce=supplies.scarce(),
        breaks=[len(found) for found in breaks] or [0],
        b0=_padded(breaks, widest, lambda pause: to_ticks(pause.window[0], 1)),
        b1=_padded(breaks, widest, lambda pause: to_ticks(pause.window[1], -1)),
        bm=_padded(breaks, widest, lambda pause: to_ticks(pause.minutes, 1)),
        near=[[]],
        order=[[0.0] * max(1, n)],
    )  # fmt: skip
    return Day(line, model, supplies.stock, kinds, ticks, pins, job_at, engineer_at, depot_at)


def with_neighbours(model: Model) -> Model:
    """The model with what only the improvement needs: neighbours and orders of putting back."""
    n = model.n
    if n == 0:
        return model
    between = model.times[:n, :n]
    both = np.minimum(between, between.T)
    np.fill_diagonal(both, np.inf)
    many = min(n - 1, NEIGHBOURS)
    near = np.argsort(both, axis=1, kind="stable")[:, :many]
    homes = sorted(set(model.home)) if model.m else []
    far = model.costs[:n][:, homes].mean(axis=1) if homes else np.zeros(n)
    w0, w1 = np.array(model.w0[:n], float), np.array(model.w1[:n], float)
    choice = np.array([len(able) for able in model.able], float)
    order = np.array([
        w1 - w0, w0, w1, -far, far, -np.array(model.dur[:n], float),
        -np.array(model.undone, float), np.array(model.due, float), choice,
    ])  # fmt: skip
    return model._replace(near=near.tolist() or [[]], order=order.tolist())


def pins_of(
    line: PlanLine, fixed: Sequence[Pin], jobs: dict[Any, Any], engineers: dict[Any, Any]
) -> dict[Any, Pin]:
    """The pins by job; those of the caller replace those of the JSON."""
    pins = {pin.job: pin for pin in [*line.fixed, *fixed]}
    for pin in pins.values():
        if pin.job not in jobs:
            raise UnknownJob(f"A pin names the job {pin.job!r}, which is not listed", job=pin.job)
        if pin.engineer is not None and pin.engineer not in engineers:
            raise UnknownEngineer(
                f"A pin names the engineer {pin.engineer!r}, who is not listed",
                engineer=pin.engineer,
            )
        if pin.start is not None and pin.start[0] > pin.start[1]:
            raise ReversedSpan(f"The pin of job {pin.job!r} ends before it begins", job=pin.job)
    return pins


def unserved_cost(line: PlanLine, job: Job) -> float:
    """What leaving the job undone costs: its weight, half of it when it is due after today."""
    whole = _of_priority(line.weights.unserved, job, "unserved")
    return whole / 2 if job.sla_due is not None and job.sla_due > DAY else whole


def _within_limits(line: PlanLine) -> None:
    for name, count, most in (
        ("jobs", len(line.jobs), MAX_JOBS),
        ("engineers", len(line.engineers), MAX_ENGINEERS),
        ("depots", len(line.depots), MAX_DEPOTS),
        ("pairs of job and engineer", len(line.jobs) * len(line.engineers), MAX_PAIRS),
        ("kinds of parts", len({kind for job in line.jobs for kind in job.parts}), MAX_KINDS),
    ):
        if count > most:
            raise TooManyStops(f"{count} {name}; one day may have at most {most}")


def _index(what: str, ids: Iterable[Any]) -> dict[Any, int]:
    found: dict[Any, int] = {}
    for at, name in enumerate(ids):
        if name in found:
            raise DuplicateId(f"The {what} {name!r} is given twice", **{what: name})
        found[name] = at
    return found


def _spans_run_forward(line: PlanLine) -> None:
    for job in line.jobs:
        if job.window is not None and job.window[0] > job.window[1]:
            raise ReversedSpan(f"The window of job {job.id!r} ends before it begins", job=job.id)
    for engineer in line.engineers:
        if engineer.start > engineer.end:
            raise ReversedSpan(
                f"The shift of engineer {engineer.id!r} ends before it begins", engineer=engineer.id
            )
        for pause in engineer.breaks:
            if pause.window[0] > pause.window[1]:
                raise ReversedSpan(
                    f"A break of engineer {engineer.id!r} ends before it begins",
                    engineer=engineer.id,
                )


def _of_priority(table: dict[str, float], job: Job, name: str) -> float:
    try:
        return table[job.priority]
    except KeyError:
        raise UnknownPriority(
            f"Job {job.id!r} has the priority {job.priority!r}, for which weights.{name} has no"
            f" cost; it has {', '.join(sorted(table)) or 'none'}",
            job=job.id,
        ) from None


def _costs(line: PlanLine, job: Job, pinned: bool, ticks: int) -> tuple[float, float]:
    late = _of_priority(line.weights.late_per_min, job, "late_per_min") / ticks
    undone = unserved_cost(line, job)
    return late, PROMISED if pinned else undone


def _window(job: Job, pin: Pin | None) -> tuple[float, float]:
    if pin is not None and pin.start is not None:
        return pin.start
    return job.window if job.window is not None else (-1e6, 2e6)


def _padded(breaks: list[list[Any]], width: int, value: Any) -> list[list[int]]:
    return [[value(pause) for pause in found] + [0] * (width - len(found)) for found in breaks] or [
        [0]
    ]
