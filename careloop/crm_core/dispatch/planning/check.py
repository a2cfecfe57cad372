"""Is a plan valid, and does it cost what it says? Recomputed from the JSON alone.

Shares no code with the solver: it is its judge in tests, and the last gate before a plan is handed
out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from careloop.crm_core.dispatch.planning.schemas import (
    Depot,
    Engineer,
    Job,
    Pin,
    PlanAnswer,
    PlanLine,
    Route,
)

CLOSE = 1e-3
"""Costs and minutes that differ by less are the same."""
SLACK = 1e-6
"""A minute is over by more than this, or it is not over."""


def check(problem: PlanLine, plan: PlanAnswer, fixed: Sequence[Pin] = ()) -> list[str]:
    """Everything that is wrong with the plan, in words; empty when it is valid."""
    return _Checker(problem, fixed).faults(plan)


class _Checker:
    def __init__(self, problem: PlanLine, fixed: Sequence[Pin]) -> None:
        self.problem = problem
        self.jobs = {job.id: job for job in problem.jobs}
        self.engineers = {engineer.id: engineer for engineer in problem.engineers}
        self.depots = {depot.id: depot for depot in problem.depots}
        self.pins = {pin.job: pin for pin in [*problem.fixed, *fixed]}
        self.row = {place: at for at, place in enumerate(problem.travel.places or [])}
        self.wrong: list[str] = []

    def faults(self, plan: PlanAnswer) -> list[str]:
        served: dict[Any, Any] = {}
        taken: dict[tuple[Any, str], int] = {}
        travel = late = 0.0
        drivers = [route.engineer for route in plan.routes]
        if len(drivers) != len(set(drivers)):
            self.wrong.append("an engineer has two routes")
        for route in plan.routes:
            engineer = self.engineers.get(route.engineer)
            if engineer is None:
                self.wrong.append(f"unknown engineer {route.engineer!r}")
                continue
            if route.stops:
                self._abilities(route, engineer, served)
                self._parts(route, engineer, taken)
                minutes, lateness = self._times(route, engineer)
                travel += minutes
                late += lateness
        for (depot, kind), count in taken.items():
            held = self.depots[depot].stock.get(kind, 0)
            if count > held:
                self.wrong.append(f"depot {depot!r} gives {count} of {kind}, it has {held}")
        unserved = self._left_over(plan, served)
        self._cost(plan, travel * self.problem.weights.travel, late, unserved)
        return self.wrong

    def _abilities(self, route: Route, engineer: Engineer, served: dict[Any, Any]) -> None:
        for stop in route.stops:
            if stop.job is None:
                if stop.depot not in self.depots:
                    self.wrong.append(f"unknown depot {stop.depot!r}")
                elif engineer.depot is not None and engineer.depot != stop.depot:
                    self.wrong.append(f"{engineer.id!r} may not pick at {stop.depot!r}")
                continue
            job = self.jobs.get(stop.job)
            if job is None:
                self.wrong.append(f"unknown job {stop.job!r}")
                continue
            if job.id in served:
                self.wrong.append(f"job {job.id!r} is done twice")
            served[job.id] = engineer.id
            pin = self.pins.get(job.id)
            if pin is not None and pin.engineer is not None:
                if pin.engineer != engineer.id:
                    self.wrong.append(f"pinned job {job.id!r} went to {engineer.id!r}")
                continue
            if job.skill is not None and job.skill not in engineer.skills:
                self.wrong.append(f"{engineer.id!r} lacks the skill of job {job.id!r}")
            if engineer.level < job.level:
                self.wrong.append(f"{engineer.id!r} lacks the level of job {job.id!r}")

    def _parts(self, route: Route, engineer: Engineer, taken: dict[tuple[Any, str], int]) -> None:
        aboard = dict(engineer.van)
        for stop in route.stops:
            if stop.depot is not None:
                for kind, count in (stop.pick or {}).items():
                    aboard[kind] = aboard.get(kind, 0) + count
                    if stop.depot in self.depots:
                        key = (stop.depot, kind)
                        taken[key] = taken.get(key, 0) + count
            elif stop.job in self.jobs:
                for kind, count in self.jobs[stop.job].parts.items():
                    aboard[kind] = aboard.get(kind, 0) - count
                    if aboard[kind] < 0:
                        self.wrong.append(f"{engineer.id!r} lacks {kind} for job {stop.job!r}")

    def _times(self, route: Route, engineer: Engineer) -> tuple[float, float]:
        """Minutes of travel and cost of lateness, when everything is done as early as can be."""
        now, here = engineer.start, self._start_of(engineer)
        minutes = cost = 0.0
        breaks = self._breaks_of(engineer)
        for stop in route.stops:
            item: Job | Depot | None
            if stop.job is not None:
                item = self.jobs.get(stop.job)
            else:
                item = None if stop.depot is None else self.depots.get(stop.depot)
            if item is None:
                continue
            there = self._place(item)
            leg = self._minutes(here, there)
            minutes += leg
            low, high = self._window(item)
            work = item.duration if isinstance(item, Job) else item.service_min
            begin = self._arrive(now, leg, low, work, breaks, engineer)
            if begin > high + SLACK:
                self.wrong.append(f"work at {item.id!r} starts at {begin:g}, after {high:g}")
            if isinstance(item, Job) and item.sla_due is not None:
                rate = self.problem.weights.late_per_min[item.priority]
                cost += max(0.0, begin - item.sla_due) * rate
            if stop.start is not None and abs(stop.start - begin) > CLOSE:
                self.wrong.append(f"{item.id!r} is said to start at {stop.start:g}, not {begin:g}")
            now, here = begin + work, there
        leg = self._minutes(here, self._end_of(engineer))
        minutes += leg
        home = self._arrive(now, leg, -math.inf, 0.0, breaks, engineer, last=True)
        if home > engineer.end + SLACK:
            self.wrong.append(f"{engineer.id!r} is back at {home:g}, after {engineer.end:g}")
        return minutes, cost

    def _arrive(
        self, now: float, leg: float, low: float, work: float,
        breaks: list[tuple[float, float, float]], engineer: Engineer, last: bool = False,
    ) -> float:  # fmt: skip
        """When work starts (or the engineer is home), with the breaks that fall due on the way."""
        on_road = leg
        while breaks:
            opens, closes, minutes = breaks[0]
            reach = now + on_road
            begin = max(reach, low)
            if last and reach <= closes:
                return reach
            waits_into = begin > reach and begin >= opens
            if now >= opens or reach > closes:
                pause = max(now, opens)
                if pause > closes + SLACK:
                    self.wrong.append(f"{engineer.id!r} has no time for a break by {closes:g}")
                now = pause + minutes
            elif reach >= opens or begin + work > closes or waits_into:
                now = max(reach, opens) + minutes
                on_road = 0.0
            else:
                return begin
            breaks.pop(0)
        return max(now + on_road, low)

    def _left_over(self, plan: PlanAnswer, served: dict[Any, Any]) -> float:
        said = [item.job for item in plan.unserved]
        left = [job for job in self.problem.jobs if job.id not in served]
        if sorted(map(repr, said)) != sorted(repr(job.id) for job in left):
            self.wrong.append("the jobs said to be left undone are not those left undone")
        cost = 0.0
        for job in left:
            if job.id in self.pins:
                self.wrong.append(f"pinned job {job.id!r} is left undone")
            whole = self.problem.weights.unserved[job.priority]
            later = job.sla_due is not None and job.sla_due > 1440
            cost += whole / 2.0 if later else whole
        return cost

    def _cost(self, plan: PlanAnswer, travel: float, late: float, unserved: float) -> None:
        total = travel + late + unserved
        for name, told, found in (
            ("travel", plan.cost.travel, travel), ("late", plan.cost.late, late),
            ("unserved", plan.cost.unserved, unserved), ("total", plan.cost.total, total),
        ):  # fmt: skip
            if abs(told - found) > CLOSE * max(1.0, abs(found) / 1000.0):
                self.wrong.append(f"cost {name} is said to be {told:g}, it is {found:g}")

    def _window(self, item: Job | Depot) -> tuple[float, float]:
        if isinstance(item, Depot):
            return (-math.inf, math.inf)
        pin = self.pins.get(item.id)
        if pin is not None and pin.start is not None:
            return pin.start
        return item.window if item.window is not None else (-math.inf, math.inf)

    @staticmethod
    def _breaks_of(engineer: Engineer) -> list[tuple[float, float, float]]:
        return sorted(
            (pause.window[0], pause.window[1], pause.minutes)
            for pause in engineer.breaks
            if pause.minutes > 0
            and pause.window[1] >= engineer.start
            and pause.window[0] < engineer.end
        )

    def _place(self, item: Job | Depot | Engineer) -> Any:
        if self.problem.travel.matrix is not None:
            return self.row[item.id if item.place is None else item.place]
        return (item.lat, item.lon, item)

    def _start_of(self, engineer: Engineer) -> Any:
        return self._place(engineer)

    def _end_of(self, engineer: Engineer) -> Any:
        if engineer.end_place is not None and self.problem.travel.matrix is not None:
            return self.row[engineer.end_place]
        if engineer.end_lat is not None and self.problem.travel.matrix is None:
            return (engineer.end_lat, engineer.end_lon, engineer)
        return self._place(engineer)

    def _minutes(self, a: Any, b: Any) -> float:
        travel = self.problem.travel
        if travel.matrix is not None:
            return float(travel.matrix[a][b])
        if a[2] is b[2] and a[:2] == b[:2]:
            return 0.0
        phi, psi = math.radians(a[0]), math.radians(b[0])
        half = math.sin((psi - phi) / 2) ** 2
        half += math.cos(phi) * math.cos(psi) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
        km = 2 * 6371.0 * math.asin(math.sqrt(min(1.0, half)))
        return float(round(km * travel.road_factor / travel.speed_kmh * 60 + travel.fixed_min))
