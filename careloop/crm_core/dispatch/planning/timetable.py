"""When an engineer arrives, works and leaves along a route: each as early as can be."""

from __future__ import annotations

from collections.abc import Sequence

from careloop.crm_core.dispatch.planning.arrays import FAR
from careloop.crm_core.dispatch.planning.errors import (
    PlanningError,
    UnknownDepot,
    UnknownEngineer,
    UnknownJob,
)
from careloop.crm_core.dispatch.planning.layout import Day, lay_out
from careloop.crm_core.dispatch.planning.schemas import BreakTime, Parts, Pin, PlanLine, Route, Stop


def schedule(problem: PlanLine, route: Route, fixed: Sequence[Pin] = ()) -> Route:
    """The same route with all its times; raises `PlanningError` where a rule of time is broken.

    Parts are not looked at: what is picked is copied.
    """
    day = lay_out(problem, fixed)
    if route.engineer not in day.engineer_at:
        raise UnknownEngineer(f"There is no engineer {route.engineer!r}")
    nodes = []
    for stop in route.stops:
        if stop.job is not None:
            if stop.job not in day.job_at:
                raise UnknownJob(f"There is no job {stop.job!r}")
            nodes.append(day.job_at[stop.job])
        else:
            if stop.depot not in day.depot_at:
                raise UnknownDepot(f"There is no depot {stop.depot!r}")
            nodes.append(day.model.n + day.depot_at[stop.depot])
    picks = [stop.pick for stop in route.stops]
    return timed(day, day.engineer_at[route.engineer], nodes, picks)


def timed(day: Day, e: int, nodes: Sequence[int], picks: Sequence[Parts | None]) -> Route:
    """The route of engineer number `e` over these nodes, with its times."""
    clock = _Engineer(day, e)
    stops: list[Stop] = []
    for x, pick in zip(nodes, picks, strict=True):
        stops.append(clock.visit(x, pick, first=not stops))
    return clock.go_home(stops)


class _Engineer:
    """Goes from stop to stop; the breaks are taken by the rule of `docs/field/dispatch-plan.md`."""

    def __init__(self, day: Day, e: int) -> None:
        self._day, self._p, self._e = day, day.model, e
        self._now = day.model.s0[e]
        self._at = day.model.home[e]
        self._left: int | None = None
        self._travel = 0.0
        self._pause = 0
        self._breaks: list[BreakTime] = []
        self._done = 0

    def visit(self, x: int, pick: Parts | None, first: bool) -> Stop:
        p = self._p
        arrive, start = self._reach(x, p.w0[x], p.dur[x], final=False)
        if start > p.w1[x]:
            self._late_for(x, start)
        if first and not self._breaks:
            # No need to leave early and wait there.
            arrive = start
            self._left = start - p.T[p.home[self._e]][x]
        self._now = start + p.dur[x]
        self._at = x
        self._done += 1
        job = x < p.n
        name = self._day.line.jobs[x].id if job else self._day.line.depots[x - p.n].id
        return Stop(
            job=name if job else None,
            depot=None if job else name,
            pick=None if job else pick or {},
            arrive=self._minutes(arrive), start=self._minutes(start),
            leave=self._minutes(self._now),
            late=self._minutes(max(0, start - p.due[x])) if job else None,
        )  # fmt: skip

    def go_home(self, stops: list[Stop]) -> Route:
        p, e = self._p, self._e
        home, _ = self._reach(p.back[e], -FAR, 0, final=True)
        if home > p.s1[e]:
            raise PlanningError(
                f"Engineer {self._day.line.engineers[e].id!r} would be back at"
                f" {self._minutes(home):g}, after the shift"
            )
        left = p.s0[e] if self._left is None else self._left
        return Route(
            engineer=self._day.line.engineers[e].id, stops=stops, breaks=self._breaks,
            leaves_home=self._minutes(left), home=self._minutes(home),
            travel=self._travel / self._day.ticks,
        )  # fmt: skip

    def _reach(self, x: int, low: int, work: int, final: bool) -> tuple[int, int]:
        """Arrival there and start of work, breaks taken on the way."""
        p, e = self._p, self._e
        travel = p.T[self._at][x]
        self._travel += travel
        arrive = self._now + travel
        reached: int | None = None
        while self._pause < p.breaks[e]:
            opens, closes = p.b0[e][self._pause], p.b1[e][self._pause]
            start = max(arrive, low)
            if final and arrive <= closes:
                break
            if self._now >= opens or arrive > closes:
                begin = max(self._now, opens)
                if begin > closes:
                    raise PlanningError(f"There is no time for the break by {closes}")
            elif arrive >= opens or start + work > closes or (start > arrive and start >= opens):
                begin = max(arrive, opens)
                reached = arrive if reached is None else reached
                travel = 0
            else:
                break
            self._now = begin + p.bm[e][self._pause]
            arrive = self._now + travel
            self._breaks.append(
                BreakTime(
                    after=self._done, start=self._minutes(begin), end=self._minutes(self._now)
                )
            )
            self._pause += 1
        return (arrive if reached is None else reached), max(arrive, low)

    def _late_for(self, x: int, start: int) -> None:
        job = self._day.line.jobs[x].id
        raise PlanningError(
            f"Work at job {job!r} would start at {self._minutes(start):g}, after its window",
            job=job,
        )

    def _minutes(self, ticks: int) -> float:
        return ticks / self._day.ticks
