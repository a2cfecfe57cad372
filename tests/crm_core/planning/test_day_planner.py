"""What every plan keeps: the rules of the day, the cost of plain insertion, promises, the clock."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.dispatch_days import Recipe
from careloop.crm_core.dispatch.planning import (
    Pin,
    PlanLine,
    check,
    improve,
    insertion,
    schedule,
    solve,
)
from careloop.crm_core.dispatch.planning.baseline import first_plan
from careloop.crm_core.dispatch.planning.crew import Crew
from careloop.crm_core.dispatch.planning.errors import FixedImpossible, PlanningError
from careloop.crm_core.dispatch.planning.layout import lay_out
from tests.crm_core.planning.plan_days import QUICK, RECIPES, line, odd_days, starts


@QUICK
@given(odd_days(), st.integers(0, 3))
def test_an_odd_day_gets_a_valid_plan_that_beats_insertion(problem: PlanLine, seed: int) -> None:
    least = insertion(problem)
    assert check(problem, least) == []
    plan = solve(problem, seed=seed, iterations=60)
    assert check(problem, plan) == []
    assert plan.insertion == pytest.approx(least.cost.total, abs=1e-5)
    assert plan.cost.total <= least.cost.total + 1e-6
    assert {item.job for item in plan.unserved}.isdisjoint(starts(plan))
    for route in plan.routes:
        assert schedule(problem, route).home == route.home


def test_the_same_seed_gives_the_same_plan() -> None:
    problem = line(RECIPES[2])
    one, two = (solve(problem, seed=5, iterations=300) for _ in range(2))
    assert one.routes == two.routes
    assert one.cost == two.cost


def test_promised_visits_stay() -> None:
    problem = line(Recipe(30, 6, "random", True, own_homes=True))
    before = solve(problem, iterations=200)
    pins = [
        Pin(job=job, engineer=engineer, start=(start or 0, (start or 0) + 15))
        for job, (engineer, start) in sorted(starts(before).items())[::3]
    ]
    after = solve(problem, iterations=200, seed=9, fixed=pins)
    assert check(problem, after, pins) == []
    now = starts(after)
    for pin in pins:
        assert now[pin.job][0] == pin.engineer
        assert pin.start is not None
        assert pin.start[0] <= (now[pin.job][1] or 0) <= pin.start[1]


def test_promises_that_exclude_each_other_are_named() -> None:
    problem = line(Recipe(10, 2, "random", False))
    pins = [Pin(job=f"job {at}", engineer="engineer 0", start=(600, 600)) for at in (1, 2)]
    with pytest.raises(FixedImpossible) as raised:
        solve(problem, iterations=10, fixed=pins)
    assert set(raised.value.details["jobs"]) < {"job 1", "job 2"}


def test_a_pin_may_ask_for_somebody_without_the_skill() -> None:
    problem = PlanLine.model_validate({
        "jobs": [{"id": "a", "lat": 48, "lon": 11, "duration": 30, "skill": "x", "level": 3}],
        "engineers": [{"id": "e", "lat": 48, "lon": 11, "start": 480, "end": 960}],
    })  # fmt: skip
    assert solve(problem, 0).unserved[0].reason == "no_skill"
    pin = [Pin(job="a", engineer="e", start=(700, 710))]
    plan = solve(problem, 0, fixed=pin)
    assert starts(plan) == {"a": ("e", 700)}
    assert check(problem, plan, pin) == []


def test_a_new_job_disturbs_little() -> None:
    problem = line(Recipe(40, 8, "mixed", True, skills=True, own_homes=True))
    fewer = problem.model_copy(update={"jobs": problem.jobs[:-2]})
    before = solve(fewer, iterations=1500)
    after = improve(problem, before, iterations=300, move_cost=1000)
    assert check(problem, after.plan) == []
    assert after.moved == []
    assert after.dropped == []
    assert after.plan.cost.unserved <= before.cost.unserved + 960
    gone = problem.model_copy(update={"engineers": problem.engineers[1:]})
    without = improve(gone, before, iterations=300)
    assert check(gone, without.plan) == []
    assert set(starts(without.plan)) | {item.job for item in without.plan.unserved} == {
        job.id for job in gone.jobs
    }


def test_stock_is_shared_and_never_oversold() -> None:
    jobs = [
        {"id": at, "lat": 48, "lon": 11 + at / 100, "duration": 5, "parts": {"pump": 1}}
        for at in range(6)
    ]
    engineers = [
        {"id": f"e{at}", "lat": 48, "lon": 11, "start": 480, "end": 960,
         "van": {"pump": 1 if at == 0 else 0}}
        for at in range(3)
    ]  # fmt: skip
    depot = {"id": "d", "lat": 48.01, "lon": 11, "service_min": 5, "stock": {"pump": 3}}
    problem = PlanLine.model_validate({"jobs": jobs, "engineers": engineers, "depots": [depot]})
    plan = solve(problem, iterations=200)
    assert check(problem, plan) == []
    assert len(starts(plan)) == 4
    assert {item.reason for item in plan.unserved} == {"parts"}
    picked = sum((stop.pick or {}).get("pump", 0) for r in plan.routes for stop in r.stops)
    assert picked == 3


BASE: dict[str, Any] = {
    "engineers": [{"id": "e", "lat": 48, "lon": 11, "start": 480, "end": 600, "skills": ["x"],
                   "level": 1}],
    "jobs": [{"id": "a", "lat": 48, "lon": 11.1, "duration": 20, "window": [480, 600]}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("job", "reason"),
    [
        ({"skill": "y"}, "no_skill"),
        ({"skill": "x", "level": 2}, "no_level"),
        ({"window": [480, 482]}, "window"),
        ({"window": [590, 600]}, "shift"),
        ({"duration": 200}, "shift"),
        ({"parts": {"p": 1}}, "parts"),
        ({"lon": 11.4, "priority": "low", "sla_due": 2000}, "too_costly"),
    ],
)
def test_reasons(job: dict[str, Any], reason: str) -> None:
    changed = {**BASE, "jobs": [{**BASE["jobs"][0], **job}]}
    problem = PlanLine.model_validate({
        **changed,
        "weights": {"late_per_min": {"low": 1, "normal": 1},
                    "unserved": {"low": 100, "normal": 900}},
    })  # fmt: skip
    plan = solve(problem, 0)
    assert [item.reason for item in plan.unserved] == [reason]
    assert check(problem, plan) == []


def test_the_cost_by_hand() -> None:
    """One engineer, two jobs at one place: 10 km x 1.5 / 60 km/h = 15 min + 3 fixed."""
    problem = PlanLine.model_validate({
        "weights": {"travel": 2, "late_per_min": {"n": 4}, "unserved": {"n": 1000}},
        "travel": {"speed_kmh": 60, "road_factor": 1.5, "fixed_min": 3},
        "engineers": [{"id": "e", "lat": 0, "lon": 0, "start": 480, "end": 960}],
        "jobs": [
            {"id": "a", "lat": 0.0899322, "lon": 0, "duration": 30, "window": [480, 600],
             "priority": "n", "sla_due": 490},
            {"id": "b", "lat": 0.0899322, "lon": 0, "duration": 30, "window": [600, 610],
             "priority": "n", "sla_due": 700},
        ],
    })  # fmt: skip
    plan = solve(problem, 0)
    # 18 there, 3 between two stops at the same place, 18 back; a starts at 498, 8 minutes late.
    assert plan.cost.model_dump() == {"total": 110, "travel": 78, "late": 32, "unserved": 0}
    stops = plan.routes[0].stops
    assert [(s.job, s.arrive, s.start, s.leave) for s in stops] == [
        ("a", 498, 498, 528), ("b", 531, 600, 630),
    ]  # fmt: skip
    assert (plan.routes[0].leaves_home, plan.routes[0].home) == (480, 648)


def test_the_checker_sees_what_is_wrong() -> None:
    problem = line(RECIPES[2])
    plan = solve(problem, iterations=100)
    assert check(problem, plan) == []
    spoilt = []
    for change in ("swap", "lose", "twice", "cheaper", "steal"):
        bad = plan.model_copy(deep=True)
        busy = max(bad.routes, key=lambda route: len(route.stops))
        if change == "swap":
            busy.stops.reverse()
        elif change == "lose":
            busy.stops.pop()
        elif change == "twice":
            busy.stops.append(busy.stops[0])
        elif change == "cheaper":
            bad.cost.total -= 1
        else:
            stop = next(s for r in bad.routes for s in r.stops if s.pick)
            stop.pick = {part: count + 100 for part, count in (stop.pick or {}).items()}
        spoilt.append(bool(check(problem, bad)))
    assert all(spoilt)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"jobs": [BASE["jobs"][0], BASE["jobs"][0]]}, "duplicate_id"),
        ({"engineers": [BASE["engineers"][0]] * 2}, "duplicate_id"),
        ({"jobs": [{"id": "a", "duration": 5}]}, "missing_coordinates"),
        ({"jobs": [{**BASE["jobs"][0], "priority": "?"}]}, "unknown_priority"),
        ({"jobs": [{**BASE["jobs"][0], "window": [9, 5]}]}, "reversed_span"),
        ({"engineers": [{**BASE["engineers"][0], "depot": "?"}]}, "unknown_depot"),
        ({"fixed": [{"job": "?"}]}, "unknown_job"),
        ({"fixed": [{"job": "a", "engineer": "?"}]}, "unknown_engineer"),
        ({"travel": {"matrix": [[0, 1], [1]], "places": ["a", "e"]}}, "matrix_shape"),
        ({"travel": {"matrix": [[0]], "places": ["a", "e"]}}, "matrix_shape"),
        ({"travel": {"matrix": [[0, 1], [1, 0]], "places": ["a", "a"]}}, "duplicate_id"),
        ({"travel": {"matrix": [[0]], "places": ["a"]}}, "unknown_place"),
        ({"travel": {"matrix": [[0]]}}, "unknown_place"),
        ({"jobs": [{**BASE["jobs"][0], "id": at} for at in range(2_001)]}, "too_large"),
    ],
)
def test_what_does_not_fit_has_a_code(change: dict[str, Any], code: str) -> None:
    problem = PlanLine.model_validate({**BASE, **change})
    with pytest.raises(PlanningError) as raised:
        solve(problem, 0)
    assert raised.value.code == code
    assert raised.value.message


@pytest.mark.parametrize(
    "change",
    [
        {"jobs": [{**BASE["jobs"][0], "lat": float("nan")}]},
        {"jobs": [{**BASE["jobs"][0], "duration": -1}]},
        {"jobs": [{**BASE["jobs"][0], "duration": 1e300}]},
        {"jobs": [{**BASE["jobs"][0], "parts": {"p": -1}}]},
        {"jobs": [{"lat": 1, "lon": 1, "duration": 1}]},
        {"weights": {"travel": float("inf")}},
        {"travel": {"speed_kmh": 0}},
        {"travel": {"matrix": [[0, "x"], [1, 0]], "places": ["a", "e"]}},
        {"travel": {"matrix": [[0, -1], [1, 0]], "places": ["a", "e"]}},
        {"travel": {"matrix": [[0, float("nan")], [1, 0]], "places": ["a", "e"]}},
        {"travel": {"matrix": {"a": 1}, "places": ["a"]}},
        {"seconds": 1e9},
    ],
)
def test_hostile_numbers_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        PlanLine.model_validate({**BASE, **change})


def test_the_empty_day() -> None:
    plan = solve(PlanLine(), 10)
    assert (plan.routes, plan.unserved, plan.cost.total) == ([], [], 0)
    assert plan.took_ms < 1000


def test_no_worker_outlives_its_caller() -> None:
    made = lay_out(line(RECIPES[0]))
    start = first_plan(made)
    crew = Crew(made, start, [1, 2], time.time() + 60, stays=[], move_cost=0)
    workers = crew._workers
    with pytest.raises(KeyboardInterrupt), crew:
        raise KeyboardInterrupt
    assert all(worker.poll() is not None for worker in workers)


def test_a_worker_ends_when_its_input_closes() -> None:
    made = lay_out(line(RECIPES[0]))
    start = first_plan(made)
    with Crew(made, start, [1], time.time() + 60, stays=[], move_cost=0) as crew:
        while not crew.at_work():
            time.sleep(0.05)
        pipe = crew._workers[0].stdin
        assert pipe is not None
        pipe.close()
        assert crew._workers[0].wait(20) == 0
